import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  type SceneObjectUrlValue,
} from '@grafana/scenes';

import type { Span } from '../../datasource/resources/span';
import { EVERYTHING } from '../../datasource/migrate';
import { DiffChart } from '../compare/DiffChart';
import { textFromUrl } from '../screen/urlText';
import { labelSelectorOf } from '../selection/profileSelection';

import { type BaselineChoice, baselineOf, BASELINES } from './baselines';
import type { FindingsRequest, FindingStatus } from './findings';
import type { FindingFilter, Shown } from './rankedFindings';
import { RegressionsView } from './RegressionsView';

/** Only the page's own thresholds; absent means the backend's. */
export interface OwnThresholds {
  /** Comparison over baseline of a function's share, above 1. */
  leastRatio?: number;
  /** Change of the share, 0 to 1. */
  leastShare?: number;
}

export interface RegressionsState extends SceneObjectState, FindingFilter, OwnThresholds {
  /** Ids of the types that are looked at; undefined until the user or the list of types has chosen. */
  profileTypes?: string[];
  baseline: BaselineChoice;
  /** Only this service; undefined for all. */
  service?: string;
  /** Fingerprint of the finding whose details are open. */
  opened?: string;
  /** The flame graph of what is open. */
  diff: DiffChart;
}

const URL_KEYS = [
  'var-profileType',
  'var-service',
  'baseline',
  'shown',
  'status',
  'search',
  'muted',
  'finding',
  'leastRatio',
  'leastShare',
];

const STATUSES: readonly FindingStatus[] = ['new', 'ongoing', 'gone'];

/** State of the screen of regressions: what is looked for, what of it is listed, and which finding is open. */
export class RegressionsOverview extends SceneObjectBase<RegressionsState> {
  static readonly Component = RegressionsView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: URL_KEYS });

  constructor() {
    super({ baseline: 'before', shown: 'costlier', search: '', muted: true, diff: new DiffChart() });
  }

  look(
    change: Partial<
      Pick<
        RegressionsState,
        'profileTypes' | 'baseline' | 'service' | 'shown' | 'status' | 'search' | 'muted' | keyof OwnThresholds
      >
    >
  ) {
    this.setState(change);
  }

  /** Opens the details of a finding, or closes those that are open. Each flame graph starts anew. */
  open(fingerprint: string | undefined) {
    this.setState({ opened: fingerprint, diff: new DiffChart() });
  }

  /** The question for the backend; undefined while the types are not known. */
  requestIn({ start, end }: Span): FindingsRequest | undefined {
    const { profileTypes, baseline, service, leastRatio, leastShare } = this.state;
    if (profileTypes === undefined || profileTypes.length === 0) {
      return undefined;
    }
    return {
      query: {
        profileTypeId: profileTypes[0],
        labelSelector: service === undefined ? EVERYTHING : labelSelectorOf({ service, filters: '' }),
        baseline: baselineOf(baseline, (end - start) / 1000),
        ...(leastRatio !== undefined && { leastRatio }),
        ...(leastShare !== undefined && { leastShare }),
      },
      from: start,
      to: end,
      profileTypes,
      ...(service !== undefined && { services: [service] }),
    };
  }

  getUrlState() {
    const { profileTypes, service, baseline, shown, status, search, muted, opened, leastRatio, leastShare } =
      this.state;
    return {
      'var-profileType': profileTypes?.join(',') || undefined,
      'var-service': service,
      baseline: baseline === 'before' ? undefined : baseline,
      shown: shown === 'costlier' ? undefined : shown,
      status,
      search: search || undefined,
      muted: muted ? undefined : 'hidden',
      finding: opened,
      leastRatio: leastRatio?.toString(),
      leastShare: leastShare?.toString(),
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const text = (key: string) => textFromUrl(values[key] as SceneObjectUrlValue);
    const given = <T>(key: string, value: T, name: string) => (key in values ? { [name]: value } : {});
    const types = text('var-profileType')?.split(',').filter(Boolean);
    const fingerprint = text('finding');
    this.setState({
      ...(types && types.length > 0 && { profileTypes: types }),
      ...given('var-service', text('var-service'), 'service'),
      ...given('baseline', BASELINES.find((known) => known === text('baseline')) ?? 'before', 'baseline'),
      ...given('shown', (text('shown') === 'all' ? 'all' : 'costlier') satisfies Shown, 'shown'),
      ...given(
        'status',
        STATUSES.find((known) => known === text('status')),
        'status'
      ),
      ...given('search', text('search') ?? '', 'search'),
      ...given('muted', text('muted') !== 'hidden', 'muted'),
      ...given('leastRatio', numberBetween(text('leastRatio'), 1, 100), 'leastRatio'),
      ...given('leastShare', numberBetween(text('leastShare'), 0, 1), 'leastShare'),
    });
    if ('finding' in values && fingerprint !== this.state.opened) {
      this.open(fingerprint);
    }
  }
}

/** A number strictly between two; undefined for any other text. */
export function numberBetween(text: string | undefined, low: number, high: number): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return value > low && value < high ? value : undefined;
}

import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  VariableDependencyConfig,
} from '@grafana/scenes';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import type { ProfilesQuery } from '../../datasource/query';
import type { CompareState } from '../../links/appUrl';
import type { Normalisation } from '../../links/linked';
import type { Service, Services } from '../resources/ServiceDirectory';
import { DATASOURCE_VARIABLE } from '../screen/datasourceOf';
import { textFromUrl } from '../screen/urlText';
import { typeFor } from '../selection/profileSelection';

import { baselineQuery, movingOffset } from './baselineQuery';
import { CompareView } from './CompareView';
import { ComparisonSide } from './ComparisonSide';
import { DiffChart } from './DiffChart';
import { shiftBack } from './shiftRange';
import { sideTitle } from './sideTitle';

const NORMALISATIONS: readonly Normalisation[] = ['share', 'instance', 'rate', 'none'];

export interface ProfileComparisonState extends SceneObjectState {
  profileTypeId?: string;
  normalise: Normalisation;
  baseline: ComparisonSide;
  comparison: ComparisonSide;
  diff: DiffChart;
}

/** State of the screen of two sides: what each looks at, and the flame graph of their difference. */
export class ProfileComparison extends SceneObjectBase<ProfileComparisonState> {
  static readonly Component = CompareView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['var-profileType', 'normalise'] });
  protected _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [DATASOURCE_VARIABLE],
    onReferencedVariableValueChanged: () => (this.unverified = true),
  });

  /** Another data source was picked: what is selected may not be there. */
  private unverified = false;
  private asking = false;

  constructor() {
    super({
      normalise: 'share',
      baseline: new ComparisonSide('baseline', { from: 'now-2h', to: 'now-1h' }),
      comparison: new ComparisonSide('comparison', { from: 'now-1h', to: 'now' }),
      diff: new DiffChart(),
    });
    this.addActivationHandler(() => {
      // The sides are drawn with more than Scenes would hand them, so Scenes does not activate them.
      const deactivations = this.sides.map((side) => side.activate());
      for (const side of this.sides) {
        this._subs.add(side.subscribeToState(this.askSoon));
        this._subs.add(side.state.$timeRange.subscribeToState(this.askSoon));
      }
      this.askSoon();
      return () => deactivations.forEach((deactivate) => deactivate());
    });
  }

  get sides(): [baseline: ComparisonSide, comparison: ComparisonSide] {
    return [this.state.baseline, this.state.comparison];
  }

  chooseProfileType = (profileTypeId: string) => {
    this.setState({ profileTypeId });
    this.askSoon();
  };

  chooseNormalisation = (normalise: Normalisation) => {
    this.setState({ normalise });
    this.askSoon();
  };

  /** Looks at another service on one side. A baseline that was of the same service goes along with the comparison. */
  selectService(side: ComparisonSide, service: string, { services }: Services) {
    const [baseline, comparison] = this.sides;
    const before = comparison.state.service;
    side.select({ service });
    if (side === comparison && baseline.state.service === before) {
      baseline.select({ service });
    }
    const sent = services.find(({ name }) => name === service)?.profileTypes;
    const type = typeFor(sent, this.state.profileTypeId);
    if (side === comparison && type !== undefined) {
      this.chooseProfileType(type);
    }
  }

  /** Chooses what was not chosen, and what the picked data source does not have. */
  complete(directory: Services) {
    const chosen = this.sides.map((side) => this.completeSide(side, directory));
    const sent = chosen[1]?.profileTypes ?? directory.profileTypes;
    const { profileTypeId } = this.state;
    const type = profileTypeId === undefined || this.unverified ? typeFor(sent, profileTypeId) : profileTypeId;
    this.unverified = false;
    if (type !== undefined && type !== profileTypeId) {
      this.chooseProfileType(type);
    }
  }

  /** Exchanges the sides. */
  swap = () => {
    const [baseline, comparison] = this.sides;
    this.compare({ baseline: comparison.linked, comparison: baseline.linked });
  };

  /** Holds the comparison against itself so many seconds earlier. */
  compareWithBefore(seconds: number) {
    const [baseline, comparison] = this.sides;
    const { selector, range, part } = comparison.linked;
    const back = seconds * 1000;
    baseline.show({
      selector,
      range: shiftBack(range, seconds),
      part: part && { start: part.start - back, end: part.end - back },
    });
  }

  /** Looks at other sides. */
  compare({ baseline, comparison }: Pick<CompareState, 'baseline' | 'comparison'>) {
    this.state.baseline.show(baseline);
    this.state.comparison.show(comparison);
  }

  refresh = () => this.sides.forEach((side) => side.state.$timeRange.onRefresh());

  /** The query of the difference, as the panel and links ask it. */
  get query(): ProfilesQuery {
    const { profileTypeId = '', normalise, baseline, comparison } = this.state;
    return {
      refId: 'A',
      queryType: 'diff',
      profileTypeId,
      labelSelector: comparison.labelSelector,
      groupBy: [],
      baseline: baselineQuery(comparison.lookedAt, baseline.lookedAt),
      ...(normalise !== 'share' && { normalise }),
    };
  }

  /** Whether both sides move along with the clock, so that the comparison holds at any time. */
  get moves(): boolean {
    const [baseline, comparison] = this.sides;
    return movingOffset(comparison.lookedAt, baseline.lookedAt) !== undefined;
  }

  /** What is compared, in words: 'Time on CPU · checkout'. */
  get title(): string {
    const [baseline, comparison] = this.sides.map(({ state }) => state.service ?? '');
    const services = baseline === comparison ? [comparison] : [comparison, baseline];
    return [describeProfileType(this.state.profileTypeId ?? '').title, ...services].filter(Boolean).join(' · ');
  }

  /** The comparison as a link carries it that shows the same at any time. */
  fixedState(datasourceUid: string): CompareState {
    const { profileTypeId, normalise, baseline, comparison } = this.state;
    return { datasourceUid, profileTypeId, normalise, baseline: baseline.fixed, comparison: comparison.fixed };
  }

  getUrlState() {
    const { profileTypeId, normalise } = this.state;
    return { 'var-profileType': profileTypeId, normalise: normalise === 'share' ? undefined : normalise };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const profileTypeId = textFromUrl(values['var-profileType']) ?? this.state.profileTypeId;
    const wanted = textFromUrl(values.normalise);
    const normalise = NORMALISATIONS.find((known) => known === wanted) ?? 'share';
    this.setState({ profileTypeId, ...('normalise' in values && { normalise }) });
    this.askSoon();
  }

  private completeSide(side: ComparisonSide, { services }: Services): Service | undefined {
    const { service } = side.state;
    const known = services.find(({ name }) => name === service);
    if (service === '' || (service !== undefined && (known || !this.unverified))) {
      return known;
    }
    const [first] = services;
    if (first) {
      side.select({ service: first.name });
    }
    return first;
  }

  /** A change often comes as several changes of state; they are one question. */
  private readonly askSoon = () => {
    if (!this.asking) {
      this.asking = true;
      queueMicrotask(() => {
        this.asking = false;
        this.ask();
      });
    }
  };

  private ask() {
    const { profileTypeId, comparison, diff } = this.state;
    if (profileTypeId === undefined || this.sides.some(({ state }) => state.service === undefined)) {
      return;
    }
    for (const side of this.sides) {
      side.askForSeries(`${sideTitle(side.side)} · ${describeProfileType(profileTypeId).title}`, profileTypeId);
    }
    diff.ask(this.title, this.query, comparison.shownRange);
  }
}

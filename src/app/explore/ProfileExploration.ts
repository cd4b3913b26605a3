import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  VariableDependencyConfig,
} from '@grafana/scenes';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import { legendOfLabels } from '../../datasource/legend';
import type { ProfilesQuery } from '../../datasource/query';
import { type Span, spanOf } from '../../datasource/resources/span';
import { partParam } from '../../links/appUrl';
import { FlameChart } from '../flame/FlameChart';
import type { Services } from '../resources/ServiceDirectory';
import { DATASOURCE_VARIABLE } from '../screen/datasourceOf';
import { spanFromUrl, textFromUrl } from '../screen/urlText';
import { labelSelectorOf, type ProfileSelection, typeFor } from '../selection/profileSelection';
import { SeriesChart } from '../series/SeriesChart';

import { ExploreView } from './ExploreView';

export interface ProfileExplorationState extends SceneObjectState, ProfileSelection {
  /** Labels that split the series. */
  groupBy: string[];
  /** Part of the page's range that was brushed on the series; undefined for all of it. */
  part?: Span;
  series: SeriesChart;
  flame: FlameChart;
}

const URL_KEYS = ['var-service', 'var-profileType', 'var-selector', 'var-groupBy', 'part'];

/** State of the screen of one service: its series, and the flame graph of the range or of the part brushed on it. */
export class ProfileExploration extends SceneObjectBase<ProfileExplorationState> {
  static readonly Component = ExploreView;

  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: URL_KEYS });
  protected _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [DATASOURCE_VARIABLE],
    onReferencedVariableValueChanged: () => (this.unverified = true),
  });

  /** Another data source was picked: what is selected may not be there. */
  private unverified = false;

  constructor() {
    super({ filters: '', groupBy: [], series: new SeriesChart(), flame: new FlameChart() });
    this.addActivationHandler(() => {
      this.state.series.onBrush = this.narrow;
      const range = sceneGraph.getTimeRange(this);
      this._subs.add(range.subscribeToState(({ value }) => this.dropPartOutside(spanOf(value))));
      this.ask();
    });
  }

  select(change: Partial<Pick<ProfileExplorationState, keyof ProfileSelection | 'groupBy'>>) {
    this.setState(change);
    this.ask();
  }

  /** Looks at another service, by the same type if it sends that. */
  selectService(service: string, { services }: Services) {
    const sent = services.find(({ name }) => name === service)?.profileTypes;
    this.select({ service, profileTypeId: typeFor(sent, this.state.profileTypeId) });
  }

  /** Chooses what was not chosen, and what the picked data source does not have; the first service by name. */
  complete(directory: Services) {
    const { service, profileTypeId } = this.state;
    const known = directory.services.find(({ name }) => name === service);
    const chosen = service === undefined || (this.unverified && !known) ? directory.services[0] : known;
    const type =
      profileTypeId === undefined || this.unverified
        ? typeFor(chosen?.profileTypes ?? directory.profileTypes, profileTypeId)
        : profileTypeId;
    this.unverified = false;
    if (chosen !== undefined && (chosen.name !== service || type !== profileTypeId)) {
      this.select({ service: chosen.name, profileTypeId: type });
    }
  }

  /** Shows the flame graph of a part of the range; undefined shows it of all. */
  narrow = (part: Span | undefined) => {
    this.setState({ part });
    this.state.series.mark(part);
    this.state.flame.narrow(part);
  };

  /** The query of the screen, as its panels and links ask it. */
  queryOf(queryType: ProfilesQuery['queryType']): ProfilesQuery {
    const { profileTypeId = '', groupBy } = this.state;
    return {
      refId: 'A',
      queryType,
      profileTypeId,
      labelSelector: labelSelectorOf(this.state),
      groupBy: queryType === 'profile' ? [] : groupBy,
      ...(queryType !== 'profile' && legendOfLabels(groupBy)),
      // Deploys, and what the server says of its limits.
      ...(queryType === 'metrics' && { annotations: true }),
    };
  }

  /** What is shown, in words: 'Time on CPU · checkout'. */
  get title(): string {
    const { service = '', profileTypeId = '' } = this.state;
    return [describeProfileType(profileTypeId).title, service].filter((part) => part !== '').join(' · ');
  }

  getUrlState() {
    const { service, profileTypeId, filters, groupBy, part } = this.state;
    return {
      'var-service': service,
      'var-profileType': profileTypeId,
      'var-selector': filters || undefined,
      'var-groupBy': groupBy.join(',') || undefined,
      part: part && partParam(part),
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const { service, profileTypeId } = this.state;
    this.select({
      service: textFromUrl(values['var-service']) ?? service,
      profileTypeId: textFromUrl(values['var-profileType']) ?? profileTypeId,
      ...('var-selector' in values && { filters: textFromUrl(values['var-selector']) ?? '' }),
      ...('var-groupBy' in values && { groupBy: textFromUrl(values['var-groupBy'])?.split(',') ?? [] }),
    });
    if ('part' in values) {
      this.narrow(spanFromUrl(values.part));
    }
  }

  private ask() {
    const { service, profileTypeId, series, flame } = this.state;
    if (service === undefined || profileTypeId === undefined) {
      return;
    }
    series.ask(t('app.explore.over-time', '{{title}} over time', { title: this.title }), this.queryOf('metrics'));
    flame.ask(this.title, this.queryOf('profile'));
  }

  private dropPartOutside({ start, end }: Span) {
    const { part } = this.state;
    if (part && (part.end <= start || part.start >= end)) {
      this.narrow(undefined);
    }
  }
}

import type { TimeRange } from '@grafana/data';
import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  SceneTimePicker,
} from '@grafana/scenes';

import { type Span, spanOf } from '../../datasource/resources/span';
import { type ComparedSide, partParam } from '../../links/appUrl';
import { timeRangeOf } from '../flame/NarrowedTimeRange';
import { spanFromUrl, textFromUrl } from '../screen/urlText';
import { labelSelectorOf, type ProfileSelection, selectionOf } from '../selection/profileSelection';
import { SeriesChart } from '../series/SeriesChart';

import type { LookedAt } from './baselineQuery';
import { type SideName, SideTimeRange } from './SideTimeRange';

export interface ComparisonSideState extends SceneObjectState, Omit<ProfileSelection, 'profileTypeId'> {
  /** Part of the side's range that was brushed on its series; undefined for all of it. */
  part?: Span;
  series: SeriesChart;
  picker: SceneTimePicker;
  $timeRange: SideTimeRange;
}

/** One side of a comparison: whose profiles, when, and their series, on which a part can be brushed. */
export class ComparisonSide extends SceneObjectBase<ComparisonSideState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, {
    keys: () => [`${this.side}-selector`, `${this.side}-part`],
  });

  constructor(
    readonly side: SideName,
    range: { from: string; to: string }
  ) {
    super({
      filters: '',
      series: new SeriesChart(),
      picker: new SceneTimePicker({ isOnCanvas: true }),
      $timeRange: new SideTimeRange(side, range),
    });
    this.addActivationHandler(() => {
      this.state.series.onBrush = this.narrow;
      const dropPart = ({ value }: { value: TimeRange }) => this.dropPartOutside(spanOf(value));
      this._subs.add(this.state.$timeRange.subscribeToState(dropPart));
    });
  }

  select(change: Partial<Pick<ProfileSelection, 'service' | 'filters'>>) {
    this.setState(change);
  }

  narrow = (part: Span | undefined) => {
    this.setState({ part });
    this.state.series.mark(part);
  };

  get labelSelector(): string {
    return labelSelectorOf(this.state);
  }

  get lookedAt(): LookedAt {
    return { labelSelector: this.labelSelector, range: this.state.$timeRange.state.value, part: this.state.part };
  }

  /** The stretch of time that is compared. */
  get shownRange(): TimeRange {
    const { part, $timeRange } = this.state;
    return part ? timeRangeOf(part) : $timeRange.state.value;
  }

  /** The side as a link carries it. */
  get linked(): ComparedSide {
    const { part, $timeRange } = this.state;
    return { selector: this.labelSelector, range: $timeRange.linked, part };
  }

  /** The side as a link carries it that shows the same at any time. */
  get fixed(): ComparedSide {
    const { from, to } = this.state.$timeRange.state.value;
    return { ...this.linked, range: { from: from.valueOf(), to: to.valueOf() } };
  }

  /** Looks at what a link says. */
  show({ selector, range, part }: ComparedSide) {
    this.setState(selectionOf(selector));
    this.state.$timeRange.look(range);
    this.narrow(part);
  }

  /** Shows the series of a profile type, unless it is shown already; the range it follows by itself. */
  askForSeries(title: string, profileTypeId: string) {
    const { runner } = this.state.series;
    const [asked] = runner.state.queries;
    const { labelSelector } = this;
    if (asked?.profileTypeId !== profileTypeId || asked?.labelSelector !== labelSelector) {
      this.state.series.ask(title, {
        refId: 'A',
        queryType: 'metrics',
        profileTypeId,
        labelSelector,
        groupBy: [],
        annotations: true,
      });
    }
  }

  getUrlState() {
    const { service, part } = this.state;
    return {
      [`${this.side}-selector`]: service === undefined ? undefined : this.labelSelector,
      [`${this.side}-part`]: part && partParam(part),
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const selector = textFromUrl(values[`${this.side}-selector`]);
    if (selector !== undefined) {
      this.setState(selectionOf(selector));
    }
    if (`${this.side}-part` in values) {
      this.narrow(spanFromUrl(values[`${this.side}-part`]));
    }
  }

  private dropPartOutside({ start, end }: Span) {
    const { part } = this.state;
    if (part && (part.end <= start || part.start >= end)) {
      this.narrow(undefined);
    }
  }
}

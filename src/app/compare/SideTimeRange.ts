import { type DateTime, dateTime, rangeUtil } from '@grafana/data';
import {
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  SceneTimeRange,
  type SceneTimeRangeState,
} from '@grafana/scenes';

import type { LinkedRange } from '../../links/linked';

export type SideName = 'baseline' | 'comparison';

/** The range of one side of a comparison, with names of its own in the URL. */
export class SideTimeRange extends SceneTimeRange {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: () => [`${this.side}-from`, `${this.side}-to`] });

  constructor(
    private readonly side: SideName,
    private readonly initial: Pick<SceneTimeRangeState, 'from' | 'to'>
  ) {
    super(initial);
  }

  /** The range as links carry it: relative as it was chosen. */
  get linked(): LinkedRange {
    const { from, to } = this.state;
    return { from, to };
  }

  look({ from, to }: LinkedRange) {
    const value = rangeUtil.convertRawToRange({ from: momentOf(from), to: momentOf(to) }, this.getTimeZone());
    this.setState({ from: textOf(value.raw.from), to: textOf(value.raw.to), value });
  }

  /** How many seconds before now the range begins and ends; what is to come counts as now. */
  get ago(): { from: number; to: number } {
    const { from, to } = rangeUtil.convertRawToRange({ from: momentOf(this.state.from), to: momentOf(this.state.to) });
    const now = Date.now();
    const before = (moment: DateTime) => Math.max(0, Math.round((now - moment.valueOf()) / 1000));
    return { from: before(from), to: before(to) };
  }

  getUrlState() {
    const { from, to } = this.state;
    return { [`${this.side}-from`]: from, [`${this.side}-to`]: to };
  }

  /** What is no longer in the URL is as it was to begin with. */
  updateFromUrl(values: SceneObjectUrlValues) {
    const wanted = (end: 'from' | 'to') => {
      const key = `${this.side}-${end}`;
      return key in values ? (values[key] ?? this.initial[end]) : undefined;
    };
    super.updateFromUrl({ from: wanted('from'), to: wanted('to') });
  }
}

function momentOf(moment: string | number) {
  return typeof moment === 'string' && moment.startsWith('now') ? moment : dateTime(moment);
}

function textOf(moment: string | DateTime): string {
  return typeof moment === 'string' ? moment : moment.toISOString();
}

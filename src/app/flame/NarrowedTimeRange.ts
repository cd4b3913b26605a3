import { dateTime, getDefaultTimeRange, type TimeRange } from '@grafana/data';
import { SceneTimeRangeTransformerBase, type SceneTimeRangeState } from '@grafana/scenes';

import type { Span } from '../../datasource/resources/span';

/** A part of the range of whatever stands above it, or all of it. */
export class NarrowedTimeRange extends SceneTimeRangeTransformerBase<SceneTimeRangeState> {
  private narrowed?: Span;

  constructor() {
    super({ from: 'now-1h', to: 'now', value: getDefaultTimeRange() });
  }

  /** Undefined gives the whole range back. */
  narrow(narrowed: Span | undefined) {
    this.narrowed = narrowed;
    if (this.parent?.parent) {
      this.ancestorTimeRangeChanged(this.getAncestorTimeRange().state);
    }
  }

  protected ancestorTimeRangeChanged({ from, to, value, timeZone }: SceneTimeRangeState) {
    if (!this.narrowed) {
      this.setState({ from, to, value, timeZone });
      return;
    }
    const part = timeRangeOf(this.narrowed);
    if (part.from.isSame(this.state.value.from) && part.to.isSame(this.state.value.to)) {
      return;
    }
    this.setState({ from: part.from.toISOString(), to: part.to.toISOString(), value: part, timeZone });
  }
}

export function timeRangeOf({ start, end }: Span): TimeRange {
  const [from, to] = [dateTime(start), dateTime(end)];
  return { from, to, raw: { from, to } };
}

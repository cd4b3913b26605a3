import { getDefaultTimeRange, type TimeRange } from '@grafana/data';
import { SceneTimeRangeTransformerBase, type SceneTimeRangeState } from '@grafana/scenes';

/** A range that is set, whatever range stands above it. */
export class ShownTimeRange extends SceneTimeRangeTransformerBase<SceneTimeRangeState> {
  constructor() {
    super({ from: 'now-1h', to: 'now', value: getDefaultTimeRange() });
  }

  /** Whether that changed anything. */
  show(value: TimeRange): boolean {
    const shown = this.state.value;
    if (value.from.isSame(shown.from) && value.to.isSame(shown.to)) {
      return false;
    }
    this.setState({ from: value.from.toISOString(), to: value.to.toISOString(), value });
    return true;
  }

  protected ancestorTimeRangeChanged() {}
}

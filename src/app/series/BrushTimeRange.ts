import { getDefaultTimeRange, type TimeRange } from '@grafana/data';
import { SceneTimeRangeTransformerBase, type SceneTimeRangeState } from '@grafana/scenes';

import { type Span, spanOf } from '../../datasource/resources/span';

/**
 * The range of whatever stands above it, for one panel. Where a panel would zoom the page into what was dragged over it,
 * the dragged range is handed to `onBrush` instead.
 */
export class BrushTimeRange extends SceneTimeRangeTransformerBase<SceneTimeRangeState> {
  onBrush?: (brushed: Span) => void;

  constructor() {
    super({ from: 'now-1h', to: 'now', value: getDefaultTimeRange() });
  }

  protected ancestorTimeRangeChanged({ from, to, value, timeZone }: SceneTimeRangeState) {
    this.setState({ from, to, value, timeZone });
  }

  onTimeRangeChange(dragged: TimeRange) {
    this.onBrush?.(spanOf(dragged));
  }
}

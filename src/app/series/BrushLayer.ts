import { DataTopic, FieldType, getDefaultTimeRange, LoadingState, toDataFrame } from '@grafana/data';
import { SceneDataLayerBase, type SceneDataLayerProviderState } from '@grafana/scenes';

import type { Span } from '../../datasource/resources/span';

interface BrushLayerState extends SceneDataLayerProviderState {
  name: string;
  /** A CSS colour. */
  color: string;
  brushed?: Span;
}

/** Marks the brushed range in the panels below it, as an annotation that spans a region. */
export class BrushLayer extends SceneDataLayerBase<BrushLayerState> {
  mark(brushed: Span | undefined) {
    this.setState({ brushed });
    this.runLayer();
  }

  onEnable() {
    this.runLayer();
  }

  onDisable() {}

  protected runLayer() {
    const { brushed, color, name } = this.state;
    const marks = brushed ? [brushed] : [];
    const frame = toDataFrame({
      meta: { dataTopic: DataTopic.Annotations },
      fields: [
        { name: 'time', type: FieldType.time, values: marks.map(({ start }) => start) },
        { name: 'timeEnd', type: FieldType.time, values: marks.map(({ end }) => end) },
        { name: 'isRegion', type: FieldType.boolean, values: marks.map(() => true) },
        { name: 'color', type: FieldType.string, values: marks.map(() => color) },
        { name: 'text', type: FieldType.string, values: marks.map(() => name) },
      ],
    });
    this.publishResults({ state: LoadingState.Done, series: [frame], timeRange: getDefaultTimeRange() });
  }
}

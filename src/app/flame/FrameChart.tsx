import React from 'react';

import { type DataFrame, dateTime, LoadingState, type PanelData } from '@grafana/data';
import {
  type SceneComponentProps,
  SceneDataNode,
  SceneObjectBase,
  type SceneObjectState,
  VizPanel,
} from '@grafana/scenes';

import type { Span } from '../../datasource/resources/span';
import { PANEL_TYPE } from '../../links/linked';

interface FrameChartState extends SceneObjectState {
  panel: VizPanel;
}

/** The flame graph of a frame that was made in the browser, by our panel as FlameChart's: of a capture or of an opened file. */
export class FrameChart extends SceneObjectBase<FrameChartState> {
  static readonly Component = ({ model }: SceneComponentProps<FrameChart>) => {
    const { panel } = model.useState();
    return <panel.Component model={panel} />;
  };

  private readonly node: SceneDataNode;

  constructor() {
    const node = new SceneDataNode({ data: answerOf([], { start: 0, end: 0 }) });
    super({ panel: new VizPanel({ pluginId: PANEL_TYPE, title: '', $data: node }) });
    this.node = node;
  }

  /** Shows a frame; span is when its profile was taken, for exported files. */
  show(title: string, frame: DataFrame, span: Span) {
    this.state.panel.setState({ title });
    this.node.setState({ data: answerOf([frame], span) });
  }
}

function answerOf(series: DataFrame[], { start, end }: Span): PanelData {
  const [from, to] = [dateTime(start), dateTime(end)];
  return { state: LoadingState.Done, series, timeRange: { from, to, raw: { from, to } } };
}

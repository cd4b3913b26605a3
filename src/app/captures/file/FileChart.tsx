import React from 'react';

import { type DataFrame, getDefaultTimeRange, LoadingState } from '@grafana/data';
import {
  type SceneComponentProps,
  SceneDataNode,
  SceneObjectBase,
  type SceneObjectState,
  VizPanel,
} from '@grafana/scenes';

import { PANEL_TYPE } from '../../../links/linked';

interface FileChartState extends SceneObjectState {
  panel: VizPanel;
}

/** The flame graph of an opened file, drawn by the panel as every other one is (see FlameChart). */
export class FileChart extends SceneObjectBase<FileChartState> {
  static readonly Component = ({ model }: SceneComponentProps<FileChart>) => {
    const { panel } = model.useState();
    return <panel.Component model={panel} />;
  };

  private readonly node: SceneDataNode;

  constructor() {
    const node = new SceneDataNode({ data: panelData([]) });
    super({ panel: new VizPanel({ pluginId: PANEL_TYPE, title: '', $data: node }) });
    this.node = node;
  }

  show(title: string, frame: DataFrame) {
    this.state.panel.setState({ title });
    this.node.setState({ data: panelData([frame]) });
  }
}

function panelData(series: DataFrame[]) {
  return { state: LoadingState.Done, series, timeRange: getDefaultTimeRange() };
}

import React from 'react';

import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import {
  PanelBuilders,
  type SceneComponentProps,
  SceneDataLayerSet,
  SceneObjectBase,
  type SceneObjectState,
  SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import { LegendDisplayMode, TooltipDisplayMode } from '@grafana/schema';

import type { ProfilesQuery } from '../../datasource/query';
import type { Span } from '../../datasource/resources/span';
import { PICKED_DATASOURCE } from '../screen/datasourceOf';

import { BrushLayer } from './BrushLayer';
import { BrushTimeRange } from './BrushTimeRange';

interface SeriesChartState extends SceneObjectState {
  panel: VizPanel;
}

/** A series over the range of the page, on which a part of the range can be brushed. */
export class SeriesChart extends SceneObjectBase<SeriesChartState> {
  static readonly Component = ({ model }: SceneComponentProps<SeriesChart>) => {
    const { panel } = model.useState();
    return <panel.Component model={panel} />;
  };

  /** Called with a part of the range that was dragged over. */
  onBrush?: (brushed: Span) => void;

  private readonly layer: BrushLayer;
  readonly runner: SceneQueryRunner;

  constructor() {
    const layer = new BrushLayer({
      name: t('app.series.brushed', 'The flame graph shows this part'),
      color: config.theme2.colors.primary.main,
    });
    const runner = new SceneQueryRunner({ datasource: PICKED_DATASOURCE, queries: [], maxDataPointsFromWidth: true });
    const range = new BrushTimeRange();
    super({
      panel: PanelBuilders.timeseries()
        .setData(runner)
        .setMin(0)
        .setCustomFieldConfig('fillOpacity', 10)
        .setOption('legend', { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] })
        .setOption('tooltip', { mode: TooltipDisplayMode.Multi })
        .build(),
      $data: new SceneDataLayerSet({ layers: [layer] }),
      $timeRange: range,
    });
    range.onBrush = (brushed) => this.onBrush?.(brushed);
    this.layer = layer;
    this.runner = runner;
  }

  /** Shows the answer to a query; its title is the panel's. */
  ask(title: string, query: ProfilesQuery) {
    this.state.panel.setState({ title });
    this.runner.setState({ queries: [query] });
    if (this.runner.isActive) {
      this.runner.runQueries();
    }
  }

  /** Draws the brushed part; undefined draws none. */
  mark(brushed: Span | undefined) {
    this.layer.mark(brushed);
  }
}

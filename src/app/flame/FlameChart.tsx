import React from 'react';

import {
  type SceneComponentProps,
  SceneObjectBase,
  type SceneObjectState,
  SceneQueryRunner,
  VizPanel,
} from '@grafana/scenes';

import type { ProfilesQuery } from '../../datasource/query';
import type { Span } from '../../datasource/resources/span';
import { PANEL_TYPE } from '../../links/linked';
import { PICKED_DATASOURCE } from '../screen/datasourceOf';

import { NarrowedTimeRange } from './NarrowedTimeRange';

interface FlameChartState extends SceneObjectState {
  panel: VizPanel;
}

/**
 * The flame graph of a query over the range of the page or a part of it. It is our panel plugin and not the view of
 * src/flamegraph itself: so it has Grafana's frame with loading, cancelling, errors and notices, its texts and its code
 * come with the panel's bundle, and what is seen here is what 'Add to dashboard' adds.
 */
export class FlameChart extends SceneObjectBase<FlameChartState> {
  static readonly Component = ({ model }: SceneComponentProps<FlameChart>) => {
    const { panel } = model.useState();
    return <panel.Component model={panel} />;
  };

  readonly runner: SceneQueryRunner;
  private readonly range: NarrowedTimeRange;

  constructor() {
    const runner = new SceneQueryRunner({ datasource: PICKED_DATASOURCE, queries: [] });
    const range = new NarrowedTimeRange();
    super({ panel: new VizPanel({ pluginId: PANEL_TYPE, title: '', $data: runner }), $timeRange: range });
    this.runner = runner;
    this.range = range;
  }

  /** Shows the answer to a query; its title is the panel's. */
  ask(title: string, query: ProfilesQuery) {
    this.state.panel.setState({ title });
    this.runner.setState({ queries: [query] });
    if (this.runner.isActive) {
      this.runner.runQueries();
    }
  }

  /** Shows only a part of the page's range; undefined shows all of it. */
  narrow(part: Span | undefined) {
    this.range.narrow(part);
  }
}

import React from 'react';

import type { TimeRange } from '@grafana/data';
import {
  type SceneComponentProps,
  SceneObjectBase,
  type SceneObjectState,
  SceneQueryRunner,
  VizPanel,
} from '@grafana/scenes';

import type { ProfilesQuery } from '../../datasource/query';
import { SYNTHETIC_ROOT } from '../../engine';
import { PANEL_TYPE } from '../../links/linked';
import { PICKED_DATASOURCE } from '../screen/datasourceOf';

import { ShownTimeRange } from './ShownTimeRange';

interface DiffChartState extends SceneObjectState {
  panel: VizPanel;
  $timeRange: ShownTimeRange;
}

/** The flame graph and table of a comparison, by our panel as FlameChart's; its range is the comparison's. */
export class DiffChart extends SceneObjectBase<DiffChartState> {
  static readonly Component = ({ model }: SceneComponentProps<DiffChart>) => {
    const { panel } = model.useState();
    return <panel.Component model={panel} />;
  };

  readonly runner: SceneQueryRunner;
  private asked?: string;

  constructor() {
    const runner = new SceneQueryRunner({ datasource: PICKED_DATASOURCE, queries: [] });
    super({
      panel: new VizPanel({ pluginId: PANEL_TYPE, title: '', $data: runner }),
      $timeRange: new ShownTimeRange(),
    });
    this.runner = runner;
  }

  /** Begins with the node at the end of a call path, outermost first, as wide as the graph. */
  focusOn(stack: readonly string[]) {
    this.state.panel.setState({ options: { focus: [SYNTHETIC_ROOT, ...stack] } });
  }

  /** Shows the answer to a query over a range; what is shown already is not asked again. */
  ask(title: string, query: ProfilesQuery, range: TimeRange) {
    this.state.panel.setState({ title });
    const text = JSON.stringify(query);
    const isNew = text !== this.asked;
    if (isNew) {
      this.asked = text;
      this.runner.setState({ queries: [query] });
    }
    // Another range runs the query by itself.
    const moved = this.state.$timeRange.show(range);
    if (isNew && !moved && this.runner.isActive) {
      this.runner.runQueries();
    }
  }
}

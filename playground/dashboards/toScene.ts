import {
  behaviors,
  dataLayers,
  EmbeddedScene,
  SceneControlsSpacer,
  SceneDataLayerControls,
  SceneDataLayerSet,
  SceneDataTransformer,
  SceneGridItem,
  type SceneGridItemLike,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
} from '@grafana/scenes';
import { DashboardCursorSync } from '@grafana/schema';

import type { AnnotationModel, DashboardModel, PanelModel } from './dashboardModel';
import { toVariable } from './toVariable';

function toQueries({ datasource, targets = [], transformations = [], ...panel }: PanelModel) {
  if (targets.length === 0) {
    return undefined;
  }
  const queries = new SceneQueryRunner({
    datasource: datasource ?? targets[0].datasource ?? undefined,
    queries: targets,
    maxDataPoints: panel.maxDataPoints,
    minInterval: panel.interval,
  });
  return transformations.length > 0 ? new SceneDataTransformer({ $data: queries, transformations }) : queries;
}

function toPanel(panel: PanelModel): SceneGridItem {
  const { x, y, w, h } = panel.gridPos;
  return new SceneGridItem({
    key: `grid-item-${panel.id}`,
    x,
    y,
    width: w,
    height: h,
    body: new VizPanel({
      key: `panel-${panel.id}`,
      pluginId: panel.type,
      title: panel.title ?? '',
      description: panel.description,
      displayMode: panel.transparent ? 'transparent' : 'default',
      options: panel.options ?? {},
      fieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
      $data: toQueries(panel),
    }),
  });
}

/** Rows hold the panels that follow them; a collapsed one has them inside already. */
function toGrid(panels: PanelModel[]): SceneGridItemLike[] {
  const grid: SceneGridItemLike[] = [];
  let row: SceneGridRow | undefined;
  for (const panel of panels) {
    if (panel.type === 'row') {
      row = new SceneGridRow({
        key: `row-${panel.id}`,
        title: panel.title ?? '',
        y: panel.gridPos.y,
        isCollapsed: panel.collapsed,
        children: (panel.panels ?? []).map(toPanel),
      });
      grid.push(row);
    } else if (row) {
      row.setState({ children: [...row.state.children, toPanel(panel)] });
    } else {
      grid.push(toPanel(panel));
    }
  }
  return grid;
}

function toAnnotations(models: AnnotationModel[]) {
  return models
    .filter(({ builtIn }) => !builtIn)
    .map(
      (query) =>
        new dataLayers.AnnotationsDataLayer({
          name: query.name,
          isEnabled: query.enable,
          isHidden: query.hide,
          query,
        })
    );
}

/** A dashboard's file as a scene. What needs Grafana's core (repeats, library panels, editing) is left to a Grafana. */
export function toScene(model: DashboardModel): EmbeddedScene {
  const variables = (model.templating?.list ?? []).map(toVariable).filter((variable) => variable !== undefined);
  const annotations = toAnnotations(model.annotations?.list ?? []);
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange(model.time ?? { from: 'now-1h', to: 'now' }),
    $variables: new SceneVariableSet({ variables }),
    $data: new SceneDataLayerSet({ layers: annotations }),
    $behaviors: [new behaviors.CursorSync({ sync: DashboardCursorSync.Crosshair })],
    controls: [
      new VariableValueSelectors({}),
      ...(annotations.length > 0 ? [new SceneDataLayerControls()] : []),
      new SceneControlsSpacer(),
      new SceneTimePicker({}),
      new SceneRefreshPicker({ refresh: typeof model.refresh === 'string' ? model.refresh : '' }),
    ],
    body: new SceneGridLayout({ children: toGrid(model.panels ?? []) }),
  });
}

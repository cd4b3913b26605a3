import { sceneGraph, type SceneObject } from '@grafana/scenes';
import type { DataSourceRef } from '@grafana/schema';

import { DATASOURCE_TYPE } from '../../links/linked';

/** Name of the variable that every screen picks its data source with. */
export const DATASOURCE_VARIABLE = 'ds';

/** The picked data source, for queries of a scene. */
export const PICKED_DATASOURCE: DataSourceRef = { type: DATASOURCE_TYPE, uid: `\${${DATASOURCE_VARIABLE}}` };

/** Uid of the picked data source; empty where there is none to pick. */
function datasourceUidOf(scene: SceneObject): string {
  const value = sceneGraph.lookupVariable(DATASOURCE_VARIABLE, scene)?.getValue();
  return typeof value === 'string' ? value : '';
}

/** As datasourceUidOf, drawn anew when another is picked. */
export function useDatasourceUid(scene: SceneObject): string {
  sceneGraph.lookupVariable(DATASOURCE_VARIABLE, scene)?.useState();
  return datasourceUidOf(scene);
}

import type { ScopedVars, TimeRange, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv, VariableInterpolation } from '@grafana/runtime';
import { EmbeddedScene, SceneFlexLayout, type SceneObject, sceneGraph } from '@grafana/scenes';

declare global {
  interface Window {
    /** The scene on the page, set by Scenes itself. */
    __grafanaSceneContext?: SceneObject;
  }
}

/** A scene without variables: scoped variables and formats still work in it. */
const nowhere = new EmbeddedScene({ body: new SceneFlexLayout({ children: [] }) });

/** The scene whose variables a text means: the one it came with, else the one on the page. */
function sceneOf(scopedVars?: ScopedVars): SceneObject {
  const own = scopedVars?.__sceneObject?.value?.valueOf();
  return own ?? window.__grafanaSceneContext ?? nowhere;
}

/** Fills in template variables; the variables themselves live in scenes. */
export const templateSrv: TemplateSrv = {
  // Whoever asks wants their names: the rest of Grafana's model of a variable belongs to its core.
  getVariables: () =>
    sceneGraph
      .getVariables(sceneOf())
      .state.variables.map(({ state }) => ({ name: state.name, type: state.type }) as TypedVariableModel),
  containsTemplate: (target) => /\$\w+|\$\{[^}]+\}|\[\[[^\]]+\]\]/.test(target ?? ''),
  replace(
    target = '',
    scopedVars?: ScopedVars,
    format?: string | Function,
    interpolations?: VariableInterpolation[]
  ): string {
    // Scenes types the custom format more narrowly than the service does.
    return sceneGraph.interpolate(sceneOf(scopedVars), target, scopedVars, format as string, interpolations);
  },
  updateTimeRange(_: TimeRange) {},
};

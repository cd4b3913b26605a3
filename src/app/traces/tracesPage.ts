import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import {
  DataSourceVariable,
  EmbeddedScene,
  type SceneAppPage,
  SceneVariableSet,
  VariableValueSelectors,
} from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { TraceLinks } from './TraceLinks';
import { TRACES_VARIABLE } from './tracesVariable';

export function tracesPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'traces',
    title: t('app.traces.title', 'Traces and profiles'),
    subTitle: t('app.traces.sub-title', 'Whether spans lead to their profiles, and the slowest spans that have one.'),
    settings,
    getScene: () =>
      new EmbeddedScene({
        $variables: new SceneVariableSet({
          variables: [
            new DataSourceVariable({
              name: TRACES_VARIABLE,
              label: t('app.traces.traces', 'Traces'),
              pluginId: 'tempo',
            }),
          ],
        }),
        // Without a Tempo there is nothing to pick.
        controls: getDataSourceSrv().getList({ pluginId: 'tempo' }).length > 0 ? [new VariableValueSelectors({})] : [],
        body: new TraceLinks(),
      }),
  });
}

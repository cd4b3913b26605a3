import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import {
  type EmbeddedScene,
  DataSourceVariable,
  SceneAppPage,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
} from '@grafana/scenes';

import { APP_PATH, DATASOURCE_TYPE } from '../../links/linked';
import type { AppSettings } from '../settings';

import { DATASOURCE_VARIABLE } from './datasourceOf';
import { LearnLink, lessonOf } from './LearnLink';

interface Screen {
  /** Last part of the screen's path. */
  name: string;
  title: string;
  subTitle?: string;
  settings: AppSettings;
  /** The scene has time ranges of its own: the head offers none. */
  ownRanges?: boolean;
  /** Where the time range begins; the last hour if absent. */
  range?: { from: string; to: string };
  getScene: () => EmbeddedScene;
}

/** What one screen hands to another in breadcrumbs: where it looks, not what it shows. */
export const SHARED_URL_KEYS = ['from', 'to', 'timezone', 'refresh', `var-${DATASOURCE_VARIABLE}`];

const LAST_HOUR = { from: 'now-1h', to: 'now' };

/** Uid of Grafana's default data source, if that is one of ours; else the variable takes the first by name. */
function grafanasDefault(): string | undefined {
  return getDataSourceSrv()
    .getList({ pluginId: DATASOURCE_TYPE })
    .find(({ isDefault }) => isDefault)?.uid;
}

/** A page with data source picker, time range and refresh in its head; the scene below finds them as its ancestors'. */
export function screenPage(screen: Screen): SceneAppPage {
  const { name, title, subTitle, settings, ownRanges = false, range = LAST_HOUR, getScene } = screen;
  const rangeControls = [new SceneTimePicker({ isOnCanvas: true }), new SceneRefreshPicker({})];
  const lesson = lessonOf(name);
  return new SceneAppPage({
    title,
    subTitle,
    url: `${APP_PATH}/${name}`,
    routePath: `${name}/*`,
    preserveUrlKeys: SHARED_URL_KEYS,
    $timeRange: ownRanges ? undefined : new SceneTimeRange(range),
    $variables: new SceneVariableSet({
      variables: [
        new DataSourceVariable({
          name: DATASOURCE_VARIABLE,
          label: t('app.screen.datasource', 'Data source'),
          pluginId: DATASOURCE_TYPE,
          value: settings.defaultDatasource ?? grafanasDefault() ?? '',
        }),
      ],
    }),
    controls: [
      new VariableValueSelectors({}),
      ...(ownRanges ? [] : rangeControls),
      ...(lesson === undefined ? [] : [new LearnLink({ lesson })]),
    ],
    getScene,
  });
}

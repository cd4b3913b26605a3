import { DataSourcePlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { ConfigEditor } from './config/ConfigEditor';
import { CheatSheet } from './editor/CheatSheet';
import { QueryEditor } from './editor/QueryEditor';
import pluginJson from './plugin.json';
import { ProfilesDatasource } from './ProfilesDatasource';
import type { ProfilesQuery } from './query';
import type { ProfilesOptions } from './settings';

await initPluginTranslations(pluginJson.id);

export const plugin = new DataSourcePlugin<ProfilesDatasource, ProfilesQuery, ProfilesOptions>(ProfilesDatasource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setQueryEditorHelp(CheatSheet);

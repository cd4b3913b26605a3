import { DataSourcePlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { ProfilesDatasource } from './ProfilesDatasource';
import pluginJson from './plugin.json';

await initPluginTranslations(pluginJson.id);

export const plugin = new DataSourcePlugin(ProfilesDatasource);

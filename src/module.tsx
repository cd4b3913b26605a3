import { AppPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { LazyApp } from './app/LazyApp';
import type { AppSettings } from './app/settings';
import pluginJson from './plugin.json';

await initPluginTranslations(pluginJson.id);

export const plugin = new AppPlugin<AppSettings>().setRootPage(LazyApp);

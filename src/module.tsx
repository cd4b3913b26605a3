import { AppPlugin } from '@grafana/data';
import { initPluginTranslations, t } from '@grafana/i18n';

import { addedLinks } from './app/extensions/addedLinks';
import { LazyApp } from './app/LazyApp';
import { LazyConfiguration } from './app/LazyConfiguration';
import type { AppSettings } from './app/settings';
import pluginJson from './plugin.json';

// The texts must be there before the first of them is asked for.
await initPluginTranslations(pluginJson.id);

const configurationTitle = () => t('app.configuration.title', 'Configuration');

export const plugin = new AppPlugin<AppSettings>()
  .setRootPage(LazyApp)
  .addConfigPage({
    id: 'configuration',
    title: configurationTitle(),
    icon: 'cog',
    body: LazyConfiguration,
  })
  .addLink(addedLinks.profileOfQueries)
  .addLink(addedLinks.profileOfAlert)
  .addLink(addedLinks.profileOfTrace)
  .addLink(addedLinks.profilesOfSpans);

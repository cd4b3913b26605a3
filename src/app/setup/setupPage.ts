import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { SetupScreen } from './SetupScreen';

export function setupPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'setup',
    title: t('app.setup.title', 'Set-up'),
    subTitle: t('app.setup.sub-title', 'From nothing to the first profile of a service.'),
    settings,
    // It waits for what comes now.
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new SetupScreen() }),
  });
}

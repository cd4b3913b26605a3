import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { ProfileExploration } from './ProfileExploration';

export function explorePage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'explore',
    title: t('app.explore.title', 'Explore'),
    settings,
    getScene: () => new EmbeddedScene({ body: new ProfileExploration() }),
  });
}

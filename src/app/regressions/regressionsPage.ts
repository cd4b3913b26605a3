import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { RegressionsOverview } from './RegressionsOverview';

export function regressionsPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'regressions',
    title: t('app.regressions.title', 'Regressions'),
    subTitle: t(
      'app.regressions.sub-title',
      'Functions that cost more than before: by how much, since when, and how sure that is.'
    ),
    settings,
    getScene: () => new EmbeddedScene({ body: new RegressionsOverview() }),
  });
}

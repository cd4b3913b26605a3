import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { ProfileComparison } from './ProfileComparison';

export function comparePage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'compare',
    title: t('app.compare.title', 'Compare'),
    subTitle: t('app.compare.sub-title', 'What became cheaper or costlier between two times, versions or services.'),
    settings,
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new ProfileComparison() }),
  });
}

import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { ServicesOverview } from './ServicesOverview';

export function servicesPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'services',
    title: t('app.services.title', 'Services'),
    subTitle: t('app.services.sub-title', 'Every service that sent profiles, and what it costs.'),
    settings,
    getScene: () => new EmbeddedScene({ body: new ServicesOverview() }),
  });
}

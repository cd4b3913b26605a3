import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { AlertsOverview } from './AlertsOverview';

export function alertsPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'alerts',
    title: t('app.alerts.title', 'Alert rules'),
    subTitle: t('app.alerts.sub-title', 'The rules that watch profiles, and those that come with Flamewatch.'),
    settings,
    // A rule has a range of its own, which moves with every evaluation.
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new AlertsOverview({}) }),
  });
}

import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { CoverageScreen } from './CoverageScreen';

export function coveragePage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'coverage',
    title: t('app.coverage.title', 'Coverage'),
    subTitle: t(
      'app.coverage.sub-title',
      'Which services send which profiles, what they lack, and what to do about it.'
    ),
    settings,
    // What went silent is only seen in a range in which it still spoke.
    range: { from: 'now-24h', to: 'now' },
    getScene: () => new EmbeddedScene({ body: new CoverageScreen() }),
  });
}

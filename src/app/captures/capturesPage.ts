import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { CapturesScreen } from './CapturesScreen';

export function capturesPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'captures',
    title: t('app.captures.title', 'Captures'),
    subTitle: t('app.captures.sub-title', 'Profiles taken on demand, and profiles of files.'),
    settings,
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new CapturesScreen() }),
  });
}

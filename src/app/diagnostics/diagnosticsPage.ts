import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { DiagnosticsView } from './DiagnosticsView';

/** The screen of diagnostics; it keeps nothing in the URL but the data source. */
export class DiagnosticsScreen extends SceneObjectBase<SceneObjectState> {
  static readonly Component = DiagnosticsView;
}

export function diagnosticsPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'diagnostics',
    title: t('app.diagnostics.title', 'Diagnostics'),
    subTitle: t('app.diagnostics.sub-title', 'Versions, what the profile server can do, and how fast it answers.'),
    settings,
    // It looks at the server as it is now.
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new DiagnosticsScreen({}) }),
  });
}

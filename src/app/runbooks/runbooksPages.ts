import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';

import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { RunbookList } from './list/RunbookList';
import { RunbookScene } from './page/RunbookScene';

/** The list of runbooks. */
export function runbooksPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'runbooks',
    title: t('app.runbooks.title', 'Runbooks'),
    subTitle: t('app.runbooks.sub-title', 'What to do when an alert fires, with the evidence on the page.'),
    settings,
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new RunbookList({ settings }) }),
  });
}

/** One runbook's page, below the list. */
export function runbookPage(slug: string, title: string, list: SceneAppPageLike, settings: AppSettings): SceneAppPage {
  const page = screenPage({
    name: `runbooks/${encodeURIComponent(slug)}`,
    title,
    settings,
    getScene: () => new EmbeddedScene({ body: new RunbookScene(slug, settings) }),
  });
  page.setState({ getParentPage: () => list });
  return page;
}

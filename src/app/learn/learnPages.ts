import { t } from '@grafana/i18n';
import { EmbeddedScene, type SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';

import { type Lesson, RunbookScene } from '../runbooks/page/RunbookScene';
import { screenPage } from '../screen/screenPage';
import type { AppSettings } from '../settings';

import { busiestService } from './busiestService';
import { LearnList } from './LearnList';
import { loadLessons } from './loadLessons';

const LESSON: Lesson = { load: loadLessons, findExample: busiestService };

/** The list of pages to learn from. */
export function learnPage(settings: AppSettings): SceneAppPage {
  return screenPage({
    name: 'learn',
    title: t('app.learn.title', 'Learn'),
    subTitle: t('app.learn.sub-title', 'Profiles in short pages, with your own services as examples.'),
    settings,
    ownRanges: true,
    getScene: () => new EmbeddedScene({ body: new LearnList({}) }),
  });
}

/** One page, below the list: written as a runbook, and drawn as one. */
export function lessonPage(slug: string, title: string, list: SceneAppPageLike, settings: AppSettings): SceneAppPage {
  const page = screenPage({
    name: `learn/${encodeURIComponent(slug)}`,
    title,
    settings,
    getScene: () => new EmbeddedScene({ body: new RunbookScene(slug, settings, LESSON) }),
  });
  page.setState({ getParentPage: () => list });
  return page;
}

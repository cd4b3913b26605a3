import { css } from '@emotion/css';
import React from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { Text, TextLink, useStyles2 } from '@grafana/ui';

import { APP_PATH } from '../../links/linked';
import { OpenedLibrary } from '../runbooks/page/OpenedLibrary';
import { useLibrary } from '../runbooks/page/useLibrary';

import { loadLessons } from './loadLessons';

/** The screen of all pages to learn from. */
export class LearnList extends SceneObjectBase<SceneObjectState> {
  static readonly Component = LearnListView;
}

function LearnListView() {
  const styles = useStyles2(getStyles);
  const opened = useLibrary(undefined, loadLessons);
  return (
    <OpenedLibrary
      opened={opened}
      loading={t('app.learn.loading', 'Opening the pages…')}
      notLoaded={t('app.learn.not-loaded', 'The pages could not be loaded')}
    >
      {(library) => (
        <ol className={styles.list}>
          {library.entries.map(({ runbook: { slug, title, summary } }) => (
            <li key={slug}>
              <TextLink href={locationUtil.assureBaseUrl(`${APP_PATH}/learn/${slug}`)}>{title}</TextLink>
              <div>
                <Text color="secondary">{summary}</Text>
              </div>
            </li>
          ))}
        </ol>
      )}
    </OpenedLibrary>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 380px), 1fr))',
    // The page's body is a row of flex: it would be as wide as the longest line and its rows as high as the page.
    alignContent: 'start',
    width: '100%',
    minWidth: 0,
    gap: theme.spacing(2),
    paddingLeft: theme.spacing(3),
    maxWidth: 1100,
  }),
});

import { css } from '@emotion/css';
import React, { useMemo } from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneObject, sceneGraph } from '@grafana/scenes';
import { Badge, Text, TextLink, useStyles2 } from '@grafana/ui';

import { spanOf } from '../../datasource/resources/span';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { BlockFrame } from '../runbooks/blocks/BlockFrame';
import { BlockProblem } from '../runbooks/blocks/BlockProblem';
import type { LiveBlock } from '../runbooks/model/liveBlock';
import { useRunbookContext } from '../runbooks/page/RunbookContext';

import { findFacts } from './findFacts';
import type { Practice } from './practice';
import { practicesOf } from './practices';

interface Props {
  block: LiveBlock;
  datasourceUid: string;
  scene: SceneObject;
}

const LOOKS = {
  kept: { icon: 'check', color: 'green' },
  missed: { icon: 'exclamation-triangle', color: 'orange' },
  unknown: { icon: 'question-circle', color: 'darkgrey' },
  people: { icon: 'user', color: 'blue' },
} as const;

/** The best practices, each with what the data say of it; those that no data can tell say so. */
export function PracticesBlock({ block, datasourceUid, scene }: Props) {
  const styles = useStyles2(getStyles);
  const { screenUrl } = useRunbookContext();
  const { value: range } = sceneGraph.getTimeRange(scene).useState();
  const { start, end } = spanOf(range);
  const ask = useMemo(
    () => (datasourceUid === '' ? undefined : () => findFacts(datasourceUid, { start, end })),
    [datasourceUid, start, end]
  );
  const { value: facts, failure } = useAnswer(ask);
  const title = block.title ?? t('app.practices.title', 'How it is with your services');
  if (failure !== undefined) {
    return <BlockProblem title={title} problems={[failure]} />;
  }
  if (!facts) {
    return <BlockFrame title={title}>{t('app.practices.looking', 'Looking at your services…')}</BlockFrame>;
  }
  return (
    <BlockFrame title={title}>
      <ul className={styles.list} aria-label={title}>
        {practicesOf(facts).map(({ id, what, state, found, screen }) => (
          <li key={id} className={styles.row}>
            <div className={styles.state}>
              <Badge {...LOOKS[state]} text={wordOf(state)} />
            </div>
            <div className={styles.words}>
              <Text weight="medium">{what}</Text>
              <div className={styles.found}>
                {found}{' '}
                {screen && (
                  <TextLink href={locationUtil.assureBaseUrl(screenUrl(screen))}>
                    {t('app.practices.look', 'Look')}
                  </TextLink>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </BlockFrame>
  );
}

function wordOf(state: Practice['state']): string {
  switch (state) {
    case 'kept':
      return t('app.practices.state.kept', 'Kept');
    case 'missed':
      return t('app.practices.state.missed', 'Not kept');
    case 'unknown':
      return t('app.practices.state.unknown', 'Not known');
    case 'people':
      return t('app.practices.state.people', 'Yours to say');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
  row: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'flex-start' }),
  // As wide as the longest, so that the practices stand in a column.
  state: css({ flex: '0 0 130px' }),
  words: css({ minWidth: 0 }),
  found: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});

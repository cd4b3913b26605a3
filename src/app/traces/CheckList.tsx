import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Text, useStyles2 } from '@grafana/ui';

import type { LinkCheck } from './linkChecks';

const LOOKS = {
  works: { icon: 'check', color: 'green' },
  broken: { icon: 'exclamation-triangle', color: 'orange' },
  // Grey would be too pale in the light theme.
  unknown: { icon: 'question-circle', color: 'blue' },
} as const;

/** What works of the way from a span to its profile, and what does not. */
export function CheckList({ checks }: { checks: LinkCheck[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ol className={styles.list} aria-label={t('app.traces.checks', 'Do the links work?')}>
      {checks.map(({ name, state, text }) => (
        <li key={name} className={styles.check}>
          <div className={styles.state}>
            <Badge {...LOOKS[state]} text={stateText(state)} />
          </div>
          <div>
            <Text weight="medium">{name}</Text>
            <div className={styles.text}>{text}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}

function stateText(state: LinkCheck['state']): string {
  switch (state) {
    case 'works':
      return t('app.traces.state.works', 'Works');
    case 'broken':
      return t('app.traces.state.broken', 'Does not work');
    case 'unknown':
      return t('app.traces.state.unknown', 'Not known');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
  check: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'flex-start' }),
  text: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  // As wide as the longest, so that the names stand in a column.
  state: css({ flex: '0 0 140px' }),
});

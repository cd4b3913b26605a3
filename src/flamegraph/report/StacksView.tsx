import { css } from '@emotion/css';
import React, { useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';

import { heaviestStacks } from '../../engine/report/heaviestStacks';
import { useFlameGraph } from '../context';
import { searchTree } from '../state/useSearch';

import { StackEntry } from './StackEntry';

const PAGE = 50;

/** The heaviest whole stacks, those with a match while something is searched for: pprof's `traces`. */
export function StacksView() {
  const styles = useStyles2(getStyles);
  const { shape, search } = useFlameGraph();
  const { profile } = shape;
  const [count, setCount] = useState(PAGE);
  const matches = searchTree(profile, search)?.matches.labels;
  // One more than is shown tells whether there are more.
  const ends = useMemo(() => heaviestStacks(profile, count + 1, matches), [profile, count, matches]);
  const shown = ends.slice(0, count);
  return (
    <div
      className={styles.scroller}
      tabIndex={0}
      role="region"
      aria-label={t('flamegraph.stacks.label', 'Heaviest stacks')}
    >
      {shown.length === 0 && (
        <p className={styles.empty}>
          {t('flamegraph.stacks.empty', 'No stack has a function that matches the search and the filters.')}
        </p>
      )}
      <ol className={styles.list}>
        {shown.map((end) => (
          <StackEntry key={end} tree={profile} end={end} matches={matches} />
        ))}
      </ol>
      {ends.length > count && (
        <Button size="sm" variant="secondary" onClick={() => setCount(count + PAGE)}>
          {t('flamegraph.stacks.more', 'Show {{count}} more', { count: PAGE })}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({ flex: 1, minWidth: 0, minHeight: 0, overflow: 'auto' }),
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  empty: css({ color: theme.colors.text.secondary, padding: theme.spacing(2), textAlign: 'center' }),
});

import { css, cx } from '@emotion/css';
import React, { type ReactNode, useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Checkbox, useStyles2 } from '@grafana/ui';

import { useRunbookContext } from '../page/RunbookContext';

interface Props {
  /** What the step says; it is remembered by that. */
  item: string;
  children: ReactNode;
}

/** A step of a checklist, ticked off for the incident that the page looks at. */
export function TaskItem({ item, children }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { ticked, toggle } = useRunbookContext();
  const isDone = ticked.has(item);
  return (
    <li className={styles.item}>
      <Checkbox value={isDone} onChange={() => toggle(item)} aria-labelledby={id} />
      <div id={id} className={cx(styles.text, isDone && styles.done)}>
        {children}
      </div>
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  item: css({
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'flex-start',
    listStyle: 'none',
    marginLeft: theme.spacing(-3),
    marginBottom: theme.spacing(0.5),
  }),
  text: css({ minWidth: 0, flex: 1 }),
  done: css({ color: theme.colors.text.secondary, textDecoration: 'line-through' }),
});

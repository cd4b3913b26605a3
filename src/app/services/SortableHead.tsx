import { css, cx } from '@emotion/css';
import React, { type ReactNode } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

interface Props {
  /** Whether the rows are sorted by this column now. */
  active: boolean;
  direction: 'ascending' | 'descending';
  onSort: () => void;
  className?: string;
  children: ReactNode;
}

/** Head of a column that sorts in the one direction that makes sense for it. */
export function SortableHead({ active, direction, onSort, className, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div role="columnheader" aria-sort={active ? direction : 'none'} className={className}>
      <button type="button" onClick={onSort} className={cx(styles.button, active && styles.active)}>
        {children}
        {active && <Icon name={direction === 'ascending' ? 'arrow-up' : 'arrow-down'} size="sm" />}
      </button>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  button: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: 0,
    border: 'none',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    '&:hover': { color: theme.colors.text.primary },
  }),
  active: css({ color: theme.colors.text.primary }),
});

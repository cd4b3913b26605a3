import { css } from '@emotion/css';
import React, { type ReactNode } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

interface Props {
  children: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
}

/** A quiet sentence about what is drawn. */
export function Notice({ children, action }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.notice} role="note">
      <Icon name="info-circle" size="sm" />
      <span>{children}</span>
      {action}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  notice: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});

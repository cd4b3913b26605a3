import { css } from '@emotion/css';
import React, { type ReactNode, useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';

/** The frame of a block that is no panel, named as a panel is. */
export function BlockFrame({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <section className={styles.frame} aria-labelledby={id}>
      <div id={id} className={styles.title}>
        <Text variant="h6" element="span">
          {title}
        </Text>
      </div>
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    padding: theme.spacing(1, 1.5),
    minWidth: 0,
  }),
  title: css({ marginBottom: theme.spacing(1) }),
});

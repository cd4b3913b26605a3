import { css } from '@emotion/css';
import React from 'react';

import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

/**
 * What our datasource says is drawn where that is not simply the profiles of the range: how many samples of which span,
 * or what stands in the place of a span that has none. Grafana hides notices in a corner, and in Explore altogether.
 */
export function ShownNote({ frame }: { frame: DataFrame }) {
  const styles = useStyles2(getStyles);
  const shows: unknown = frame.meta?.custom?.shows;
  return typeof shows === 'string' && shows !== '' ? (
    <div className={styles.note} role="note">
      <Icon name="info-circle" size="sm" />
      <span>{shows}</span>
    </div>
  ) : null;
}

const getStyles = (theme: GrafanaTheme2) => ({
  note: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});

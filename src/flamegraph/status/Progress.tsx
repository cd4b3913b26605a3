import { css } from '@emotion/css';
import React, { useEffect, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';

/** Nobody needs to be told about less. */
const SHOWN_AFTER_MS = 200;

export interface ProgressProps {
  /** What is being done. */
  readonly label: string;
  /** Share that is done, 0 to 1. */
  readonly done: number;
  onCancel(): void;
}

/** How far a long computation is, and the way to stop it. */
export function Progress({ label, done, onCancel }: ProgressProps) {
  const styles = useStyles2(getStyles);
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsShown(true), SHOWN_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  if (!isShown) {
    return null;
  }
  return (
    <div className={styles.box} role="status">
      {label}
      <progress className={styles.bar} value={done} max={1} aria-label={label} />
      <Button size="sm" variant="secondary" onClick={onCancel}>
        {t('flamegraph.progress.cancel', 'Cancel')}
      </Button>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'absolute',
    top: '40%',
    left: '50%',
    transform: 'translateX(-50%)',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.elevated ?? theme.colors.background.primary,
    boxShadow: theme.shadows.z3,
    zIndex: 2,
  }),
  // With an accent colour browsers choose the track's colour by that, and it is white on dark.
  bar: css({ width: 160, colorScheme: theme.colors.mode }),
});

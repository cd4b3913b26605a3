import { css, keyframes } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, Text, useStyles2 } from '@grafana/ui';

import { ROW_HEIGHT } from './rowStyles';

const ROWS = 8;

/** What the list of services looks like before there is one. */
export function ListSkeleton({ onCancel }: { onCancel: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <div role="status" className={styles.list}>
      <Stack alignItems="center">
        <Text color="secondary">{t('app.services.loading', 'Looking for services…')}</Text>
        <Button size="sm" variant="secondary" fill="text" onClick={onCancel}>
          {t('app.screen.cancel', 'Cancel')}
        </Button>
      </Stack>
      {Array.from({ length: ROWS }, (_, i) => (
        <div key={i} className={styles.row} aria-hidden />
      ))}
    </div>
  );
}

const pulse = keyframes({ '50%': { opacity: 0.4 } });

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5), flexGrow: 1 }),
  row: css({
    height: ROW_HEIGHT - 4,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    [theme.transitions.handleMotion('no-preference')]: { animation: `${pulse} 1.6s ease-in-out infinite` },
  }),
});

import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, IconButton, Text, useStyles2 } from '@grafana/ui';

import type { CapturedProfile } from './capturedProfile';

interface Props {
  profiles: CapturedProfile[];
  shownId?: string;
  onShow: (profile: CapturedProfile) => void;
  onRemove: (id: string) => void;
}

/** What was captured since the page was opened. */
export function SessionCaptures({ profiles, shownId, onShow, onRemove }: Props) {
  const styles = useStyles2(getStyles);
  if (profiles.length === 0) {
    return null;
  }
  return (
    <section className={styles.row} aria-label={t('app.captures.session', 'Captures of this page')}>
      <Text element="h2" variant="h5">
        {t('app.captures.session', 'Captures of this page')}
      </Text>
      {profiles.map((one) => (
        <span key={one.id} className={styles.one}>
          <Button
            size="sm"
            variant={one.id === shownId ? 'primary' : 'secondary'}
            aria-pressed={one.id === shownId}
            onClick={() => onShow(one)}
          >
            {one.title}
          </Button>
          <IconButton
            name="times"
            size="sm"
            aria-label={t('app.captures.remove', 'Remove {{title}}', {
              title: one.title,
              interpolation: { escapeValue: false },
            })}
            onClick={() => onRemove(one.id)}
          />
        </span>
      ))}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  one: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.25) }),
});

import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, Text, useStyles2 } from '@grafana/ui';

import type { Answer } from '../../../datasource/resources/useAnswer';

import type { KeptCapture } from './storedProfile';
import { keptTitle } from './useComparable';

interface Props {
  answer: Answer<KeptCapture[]>;
  days: number;
  onDays: (days: number) => void;
  shownId?: string;
  onShow: (kept: KeptCapture) => void;
}

const DAYS = [1, 7, 31];

/** The captures that are at the server. */
export function KeptCaptures({ answer, days, onDays, shownId, onShow }: Props) {
  const styles = useStyles2(getStyles);
  const { value: kept = [], loading, failure, retry } = answer;
  return (
    <section className={styles.kept} aria-label={t('app.captures.kept', 'Kept captures')}>
      <div className={styles.row}>
        <Text element="h2" variant="h5">
          {t('app.captures.kept', 'Kept captures')}
        </Text>
        <RadioButtonGroup
          size="sm"
          aria-label={t('app.captures.kept-days', 'How far back')}
          value={days}
          onChange={onDays}
          options={DAYS.map((value) => ({ value, label: t('app.captures.days', '{{count}} days', { count: value }) }))}
        />
        <Button size="sm" variant="secondary" fill="text" icon="sync" onClick={retry} disabled={loading}>
          {t('app.captures.kept-refresh', 'Look again')}
        </Button>
      </div>
      {failure !== undefined && <Text color="error">{failure}</Text>}
      {!loading && failure === undefined && kept.length === 0 && (
        <Text color="secondary">{t('app.captures.kept-none', 'None in this time.')}</Text>
      )}
      <div className={styles.row}>
        {kept.map((one) => (
          <Button
            key={one.id}
            size="sm"
            variant={shownId === `kept ${one.id}` ? 'primary' : 'secondary'}
            aria-pressed={shownId === `kept ${one.id}`}
            onClick={() => onShow(one)}
          >
            {keptTitle(one)}
          </Button>
        ))}
      </div>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  kept: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
});

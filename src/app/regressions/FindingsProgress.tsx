import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Stack, Text, useStyles2 } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { QueryFailure } from '../screen/QueryFailure';

import { type FindingsAnswer, noticesOf } from './findingsAnswer';
import type { Findings } from './useFindings';

interface Props {
  findings: Findings;
  /** What is shown below, which may be an older answer. */
  answer: FindingsAnswer;
  datasourceUid: string;
  onRetry: () => void;
}

/** How far the search is, with a way to end it; afterwards what was looked at, what was left out, and what went wrong. */
export function FindingsProgress({ findings, answer, datasourceUid, onRetry }: Props) {
  const { loading, cancelled, failure, cancel } = findings;
  if (failure !== undefined) {
    const title =
      answer.services.length > 0
        ? t('app.regressions.broke-off', 'The search for regressions broke off; what was found until then is below')
        : t('app.regressions.failed', 'Regressions could not be looked for');
    return <QueryFailure title={title} reason={failure} datasourceUid={datasourceUid} onRetry={onRetry} />;
  }
  return (
    <>
      {loading && <Running findings={findings} onCancel={cancel} />}
      {cancelled && answer.services.length > 0 && (
        <Stack alignItems="center">
          <Text color="secondary">
            {t('app.regressions.cancelled', 'Cancelled: these are the findings of {{count}} answers until then.', {
              count: answer.services.length,
            })}
          </Text>
          <Button size="sm" variant="secondary" icon="sync" onClick={onRetry}>
            {t('app.screen.try-again', 'Try again')}
          </Button>
        </Stack>
      )}
      {!loading && answer.done && <Summary answer={answer} />}
      {noticesOf(answer).map((notice) => (
        <div key={notice}>
          <Alert severity="info" title={notice} />
        </div>
      ))}
    </>
  );
}

function Running({ findings, onCancel }: { findings: Findings; onCancel: () => void }) {
  const styles = useStyles2(getStyles);
  const { progress, begun } = findings.answer;
  const total = progress?.total ?? begun?.total;
  const done = progress?.done ?? 0;
  const text =
    total === undefined
      ? t('app.regressions.beginning', 'Looking for regressions…')
      : t('app.regressions.progress', '{{done}} of {{total}} services, now {{service}}', {
          done,
          total,
          service: progress?.service ?? '…',
          ...RAW,
        });
  return (
    <div className={styles.running}>
      <progress
        className={styles.bar}
        max={total ?? 1}
        value={total === undefined ? undefined : done}
        aria-label={t('app.regressions.progress-label', 'Progress of the search')}
      />
      <span role="status">
        <Text color="secondary">{text}</Text>
      </span>
      <Button size="sm" variant="secondary" fill="text" onClick={onCancel}>
        {t('app.screen.cancel', 'Cancel')}
      </Button>
    </div>
  );
}

function Summary({ answer: { begun, done } }: { answer: FindingsAnswer }) {
  const left = done?.left ?? [];
  const looked = done?.done ?? 0;
  const all = Math.max(begun?.all ?? 0, looked);
  return (
    <>
      <span role="status">
        <Text color="secondary">
          {t('app.regressions.looked-at', '{{looked}} of {{all}} services were looked at, in {{seconds}} s.', {
            looked,
            all,
            seconds: Math.max(0.1, (done?.durationMs ?? 0) / 1000).toFixed(1),
          })}
        </Text>
      </span>
      {left.length > 0 && (
        <div>
          <Alert
            severity="warning"
            title={t(
              'app.regressions.left',
              'There was no time for every service. Choose a service, fewer profile types or a shorter range.'
            )}
          >
            {left.join(', ')}
          </Alert>
        </div>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  running: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  bar: css({ width: 180, colorScheme: theme.colors.mode }),
});

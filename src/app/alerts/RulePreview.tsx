import { css } from '@emotion/css';
import React, { useEffect, useMemo, useState } from 'react';

import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Stack, Text, useStyles2 } from '@grafana/ui';

import { describeFailure } from '../../datasource/resources/failure';
import { RAW } from '../../flamegraph/raw';
import { formatCost, formatShare } from '../services/formatCost';

import { type Preview, type PreviewFiring, previewOf } from './preview';
import type { RuleQuestion } from './ruleQuestions';

/** What the rule would have done over the last 24 hours, on demand: with progress, and a way to end it. */
export function RulePreview({ question }: { question: RuleQuestion }) {
  const styles = useStyles2(getStyles);
  const key = useMemo(() => JSON.stringify(question), [question]);
  const [run, setRun] = useState<{ key: string; question: RuleQuestion; now: number }>();
  const [preview, setPreview] = useState<Preview>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    if (!run) {
      return;
    }
    const subscription = previewOf(run.question, run.now).subscribe({
      next: setPreview,
      error: (cause: unknown) => setFailure(describeFailure(cause)),
    });
    return () => subscription.unsubscribe();
  }, [run]);
  const begin = () => {
    setPreview(undefined);
    setFailure(undefined);
    setRun({ key, question, now: Date.now() });
  };
  const problem = failure ?? preview?.failure;
  const running = run !== undefined && preview?.firings === undefined && problem === undefined;
  return (
    <div className={styles.preview}>
      <Stack alignItems="center" wrap="wrap">
        <Button size="sm" variant="secondary" icon="history" onClick={begin} disabled={running}>
          {t('app.alerts.preview.begin', 'Replay the last 24 hours')}
        </Button>
        {running && (
          <>
            <progress
              className={styles.progress}
              max={preview && preview.total > 0 ? preview.total : 1}
              value={preview && preview.total > 0 ? preview.done : undefined}
              aria-label={t('app.alerts.preview.progress', 'Progress of the replay')}
            />
            <Button size="sm" variant="secondary" fill="text" onClick={() => setRun(undefined)}>
              {t('app.screen.cancel', 'Cancel')}
            </Button>
          </>
        )}
      </Stack>
      {problem !== undefined && (
        <Alert severity="error" title={t('app.alerts.preview.failed', 'The rule could not be replayed')}>
          {problem}
        </Alert>
      )}
      {run && preview?.firings && (
        <div role="status">
          {run.key !== key && (
            <Text element="p" color="warning">
              {t('app.alerts.preview.stale', 'The rule was changed since; replay again to see what that does.')}
            </Text>
          )}
          <Firings preview={preview} firings={preview.firings} question={run.question} />
        </div>
      )}
      {preview?.notices.map((notice) => (
        <Text key={notice} element="p" color="secondary">
          {notice}
        </Text>
      ))}
    </div>
  );
}

/** Firings in the list; the rest is counted. */
const SHOWN = 8;

function Firings({
  preview,
  firings,
  question,
}: {
  preview: Preview;
  firings: PreviewFiring[];
  question: RuleQuestion;
}) {
  const styles = useStyles2(getStyles);
  const text =
    firings.length === 0
      ? t('app.alerts.preview.never', 'It would not have fired.')
      : t('app.alerts.preview.count', 'It would have fired {{count}} times.', { count: firings.length });
  const { from, to } = preview;
  const percent = (moment: number) => `${(100 * (Math.min(to, Math.max(from, moment)) - from)) / (to - from)}%`;
  return (
    <>
      <Text element="p">{text}</Text>
      <svg className={styles.line} role="img" aria-label={text} preserveAspectRatio="none">
        <rect x={0} y={0} width="100%" height="100%" className={styles.quiet} />
        {firings.map((firing) => (
          <rect
            key={`${firing.name} ${firing.from}`}
            x={percent(firing.from)}
            width={`max(2px, calc(${percent(firing.to ?? to)} - ${percent(firing.from)}))`}
            y={0}
            height="100%"
            className={styles.firing}
          />
        ))}
      </svg>
      <ul className={styles.list}>
        {firings.slice(0, SHOWN).map((firing) => (
          <li key={`${firing.name} ${firing.from}`}>{firingText(firing, question)}</li>
        ))}
      </ul>
      {firings.length > SHOWN && (
        <Text element="p" color="secondary">
          {t('app.alerts.preview.more', 'and {{count}} more', { count: firings.length - SHOWN })}
        </Text>
      )}
    </>
  );
}

function firingText({ name, from, to, value }: PreviewFiring, { number, unit = '' }: RuleQuestion): string {
  const most =
    number === 'ratio' ? `${value.toFixed(2)} ×` : number === 'share' ? formatShare(value) : formatCost(value, unit);
  return to === null
    ? t('app.alerts.preview.still', '{{name}}: since {{from}}, still; at most {{most}}', {
        name,
        from: dateTimeFormat(from),
        most,
        ...RAW,
      })
    : t('app.alerts.preview.firing', '{{name}}: {{from}} to {{to}}; at most {{most}}', {
        name,
        from: dateTimeFormat(from),
        to: dateTimeFormat(to),
        most,
        ...RAW,
      });
}

const getStyles = (theme: GrafanaTheme2) => ({
  preview: css({ margin: theme.spacing(2, 0), display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  progress: css({ colorScheme: theme.colors.mode }),
  line: css({ display: 'block', width: '100%', height: theme.spacing(2) }),
  quiet: css({ fill: theme.colors.background.secondary }),
  firing: css({ fill: theme.colors.error.main }),
  list: css({ margin: theme.spacing(1, 0, 0, 2.5), overflowWrap: 'anywhere' }),
});

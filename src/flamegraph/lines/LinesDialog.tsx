import { css } from '@emotion/css';
import React, { useEffect, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Modal, Spinner, useStyles2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import { RAW } from '../raw';
import { NamedCombobox } from '../toolbar/NamedCombobox';

import type { FunctionLines } from './functionLines';
import { LinesTable } from './LinesTable';
import { SourceDrop } from './SourceDrop';

export interface LinesDialogProps {
  readonly name: string;
  onClose(): void;
}

type Outcome = { readonly of: number } & ({ readonly lines: FunctionLines } | { readonly problem: string });

/** What each line of a function costs, fetched when it is opened: pprof's `list`. */
export function LinesDialog({ name, onClose }: LinesDialogProps) {
  const styles = useStyles2(getStyles);
  const { linesOf } = useFlameGraph();
  const [attempt, setAttempt] = useState(0);
  const [outcome, setOutcome] = useState<Outcome>();
  const [picked, setPicked] = useState(0);
  const [source, setSource] = useState<readonly string[]>();

  useEffect(() => {
    const controller = new AbortController();
    linesOf?.(name, controller.signal).then(
      (lines) => controller.signal.aborted || setOutcome({ of: attempt, lines }),
      (error: unknown) => controller.signal.aborted || setOutcome({ of: attempt, problem: sentenceOf(error) })
    );
    return () => controller.abort();
  }, [linesOf, name, attempt]);

  const current = outcome?.of === attempt ? outcome : undefined;
  const lines = current && 'lines' in current ? current.lines : undefined;
  const file = lines?.files[picked];
  return (
    <Modal
      isOpen
      className={styles.dialog}
      title={t('flamegraph.lines.title', 'Cost by line of {{name}}', { name, ...RAW })}
      onDismiss={onClose}
    >
      {!current && <Spinner />}
      {current && 'problem' in current && (
        <Alert severity="error" title={t('flamegraph.lines.failed', 'The lines could not be fetched')}>
          <p>{current.problem}</p>
          <Button size="sm" variant="secondary" onClick={() => setAttempt(attempt + 1)}>
            {t('flamegraph.lines.again', 'Try again')}
          </Button>
        </Alert>
      )}
      {lines?.files.length === 0 && (
        <p>{t('flamegraph.lines.none', 'No profile of this range has this function in a form with lines.')}</p>
      )}
      {lines && file && (
        <div className={styles.content}>
          {lines.files.length > 1 && (
            <NamedCombobox
              name={t('flamegraph.lines.file', 'File')}
              options={lines.files.map(({ file: path }, at) => ({ value: at, label: path || unknownFile() }))}
              value={picked}
              onChange={(at) => {
                setPicked(at);
                setSource(undefined);
              }}
            />
          )}
          <SourceDrop file={file.file} hasSource={source !== undefined} onSource={setSource} />
          <LinesTable name={name} kind={lines.kind} file={file} source={source} />
        </div>
      )}
    </Modal>
  );
}

function unknownFile(): string {
  return t('flamegraph.lines.unknown-file', 'unknown file');
}

/** Grafana's fetch errors carry the backend's sentence inside. */
function sentenceOf(error: unknown): string {
  const { data, message } = Object(error) as { data?: { message?: unknown }; message?: unknown };
  return String(data?.message ?? message ?? error);
}

const getStyles = (theme: GrafanaTheme2) => ({
  dialog: css({ width: '90vw', maxWidth: 1200 }),
  content: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
});

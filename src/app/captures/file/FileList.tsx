import { css } from '@emotion/css';
import React from 'react';

import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, Button, IconButton, useStyles2 } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';

import { MOST_BYTES } from './convertRecording';
import type { OpenedFile, OpenedFiles } from './OpenedFiles';

interface Props {
  model: OpenedFiles;
  datasourceUid: string;
}

/** The opened files: what each is, how far its reading is, why it cannot be read. */
export function FileList({ model, datasourceUid }: Props) {
  const styles = useStyles2(getStyles);
  const { files } = model.useState();
  return files.length === 0 ? null : (
    <ul className={styles.list} aria-label={t('app.files.list', 'Opened files')}>
      {files.map((file) => (
        <li key={file.id}>
          <FileRow model={model} file={file} datasourceUid={datasourceUid} />
        </li>
      ))}
    </ul>
  );
}

function FileRow({ model, file, datasourceUid }: Props & { file: OpenedFile }) {
  const styles = useStyles2(getStyles);
  const { id, name, size, state } = file;
  const isRunning = state.kind === 'reading' || state.kind === 'sending';
  return (
    <>
      <div className={styles.row}>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <span className={styles.facts}>{factsOf(file)}</span>
        {isRunning && (
          <progress
            className={styles.progress}
            aria-label={t('app.files.progress', 'Reading {{name}}', { name, ...RAW })}
            value={state.kind === 'reading' ? state.done : undefined}
          />
        )}
        {isRunning ? (
          <Button size="sm" variant="secondary" onClick={() => model.close(id)}>
            <Trans i18nKey="app.files.cancel">Cancel</Trans>
          </Button>
        ) : (
          <IconButton
            name="times"
            tooltip={t('app.files.close', 'Close {{name}}', { name, ...RAW })}
            onClick={() => model.close(id)}
          />
        )}
      </div>
      {state.kind === 'failed' && (
        <Alert severity="error" title={t('app.files.unread', '{{name}} could not be read', { name, ...RAW })}>
          {state.sentence}
        </Alert>
      )}
      {state.kind === 'asking' && (
        <Consent
          size={Math.max(size, state.bytes.length)}
          datasourceUid={datasourceUid}
          onSend={() => model.send(id, state.bytes, datasourceUid)}
        />
      )}
      {state.kind === 'read' && state.file.notices.length > 0 && (
        <p className={styles.notices}>{state.file.notices.join(' ')}</p>
      )}
    </>
  );
}

/** Asks before a recording is sent: it is the one format that is not read in the browser. */
function Consent({ size, datasourceUid, onSend }: { size: number; datasourceUid: string; onSend: () => void }) {
  const limit = { most: MOST_BYTES / 2 ** 20, ...RAW };
  if (size > MOST_BYTES) {
    return (
      <Alert severity="error" title={t('app.files.recording-too-large', 'The recording is too large')}>
        {t(
          'app.files.recording-too-large-text',
          'Recordings of Java’s Flight Recorder are read up to {{most}} MiB. Record a shorter time, or cut it with “jfr disassemble”.',
          limit
        )}
      </Alert>
    );
  }
  if (datasourceUid === '') {
    return (
      <Alert severity="warning" title={t('app.files.recording-no-server', 'No server reads this recording')}>
        <Trans i18nKey="app.files.recording-no-server-text">
          Recordings of Java’s Flight Recorder are read by the backend of a Flamewatch data source. Add one, or convert
          the file with “flamewatch convert”.
        </Trans>
      </Alert>
    );
  }
  return (
    <Alert severity="info" title={t('app.files.consent', 'Send this recording to Grafana to read it?')}>
      <p>
        <Trans i18nKey="app.files.consent-text">
          It is a recording of Java’s Flight Recorder, the one format that is not read in the browser. It can hold more
          than stacks: command lines, environment variables, system properties. Grafana reads it in memory and keeps
          nothing.
        </Trans>
      </p>
      <Button size="sm" onClick={onSend}>
        <Trans i18nKey="app.files.send-recording">Send and read</Trans>
      </Button>
    </Alert>
  );
}

function factsOf({ size, state }: OpenedFile): string {
  const bytes = size > 0 ? formattedValueToString(getValueFormat('bytes')(size)) : '';
  const format = state.kind === 'read' ? state.file.format : '';
  return [format, bytes].filter(Boolean).join(' · ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2), minWidth: 0 }),
  name: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  facts: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  progress: css({ colorScheme: theme.colors.mode }),
  notices: css({ color: theme.colors.text.secondary, margin: 0 }),
});

import React, { useId, useState } from 'react';

import { Trans, t } from '@grafana/i18n';
import { Alert, Button, Combobox, Field, Input, Modal } from '@grafana/ui';

import type { ProfilePart } from '../../../formats';

import { keepFile, type Kind, kindOf, KINDS, labelsOf } from './keepFile';

interface Props {
  parts: readonly ProfilePart[];
  datasourceUid: string;
  onClose: () => void;
}

/** Asks under which service and labels a file is kept at the profile server, and sends it. */
export function KeepDialog({ parts, datasourceUid, onClose }: Props) {
  const id = useId();
  const [service, setService] = useState('');
  const [labelText, setLabelText] = useState('');
  const [kind, setKind] = useState<Kind>(() => kindOf(parts));
  const [state, setState] = useState<{ kind: 'idle' | 'sending' | 'sent' } | { kind: 'failed'; sentence: string }>({
    kind: 'idle',
  });
  const labels = labelsOf(labelText);
  const send = async () => {
    setState({ kind: 'sending' });
    try {
      await keepFile(parts, { datasourceUid, kind, labels: { ...labels, service_name: service.trim() } });
      setState({ kind: 'sent' });
    } catch (error) {
      setState({ kind: 'failed', sentence: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Modal isOpen title={t('app.files.keep-title', 'Send to the profile server')} onDismiss={onClose}>
      <p>
        <Trans i18nKey="app.files.keep-text">
          The profile leaves this browser: it is stored at the profile server under the service, with the time of now,
          and everybody who may query the data source can see it.
        </Trans>
      </p>
      <Field label={t('app.files.keep-service', 'Service')} htmlFor={`${id}-service`} required>
        <Input id={`${id}-service`} value={service} onChange={(event) => setService(event.currentTarget.value)} />
      </Field>
      <Field label={t('app.files.keep-kind', 'Kind of profile')} htmlFor={`${id}-kind`}>
        <Combobox
          id={`${id}-kind`}
          value={kind}
          options={KINDS.map((value) => ({ value, label: value }))}
          onChange={({ value }) => setKind(value)}
        />
      </Field>
      <Field
        label={t('app.files.keep-labels', 'Labels')}
        description={t('app.files.keep-labels-hint', 'For example: incident=4711, team=shop')}
        htmlFor={`${id}-labels`}
        invalid={labels === undefined}
        error={t('app.files.keep-labels-error', 'Write labels as name=value, with commas between them.')}
      >
        <Input id={`${id}-labels`} value={labelText} onChange={(event) => setLabelText(event.currentTarget.value)} />
      </Field>
      {state.kind === 'failed' && (
        <Alert severity="error" title={t('app.files.not-kept', 'The profile was not stored')}>
          {state.sentence}
        </Alert>
      )}
      {state.kind === 'sent' && (
        <Alert severity="success" title={t('app.files.kept', 'The profile was sent to the server')} />
      )}
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={onClose}>
          <Trans i18nKey="app.files.keep-close">Close</Trans>
        </Button>
        <Button
          disabled={service.trim() === '' || labels === undefined || state.kind === 'sending' || state.kind === 'sent'}
          onClick={() => void send()}
        >
          <Trans i18nKey="app.files.keep-send">Send</Trans>
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

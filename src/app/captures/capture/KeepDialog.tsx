import { css } from '@emotion/css';
import React, { useId, useState } from 'react';
import { lastValueFrom } from 'rxjs';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, Field, IconButton, Input, Modal, useStyles2 } from '@grafana/ui';

import { describeFailure } from '../../../datasource/resources/failure';

import type { CapturedProfile } from './capturedProfile';
import { serviceOf } from './targets';

interface Props {
  captured: CapturedProfile;
  datasourceUid: string;
  onClose: () => void;
  onKept: () => void;
}

type Label = [name: string, value: string];

/** Sends a capture to the server, with labels that can be changed before. */
export function KeepDialog({ captured, datasourceUid, onClose, onKept }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { target, instance, name, bytes } = captured;
  const { service_name: _, ...others } = target.labels;
  // Under a name of its own, a capture does not count towards the costs of the service.
  const [service, setService] = useState(`captures/${serviceOf(target)}`);
  const [labels, setLabels] = useState<Label[]>(
    Object.entries({ ...others, ...(target.instances.length > 1 && { instance }) })
  );
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const change = (index: number, label: Label) => setLabels(labels.map((one, i) => (i === index ? label : one)));

  const send = async () => {
    setSending(true);
    setFailure(undefined);
    const given = Object.fromEntries(labels.filter(([key, value]) => key !== '' && value !== ''));
    try {
      await lastValueFrom(
        getBackendSrv().fetch({
          url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/captures/keep`,
          method: 'POST',
          params: { profile: name, labels: JSON.stringify({ ...given, service_name: service }) },
          headers: { 'Content-Type': 'application/octet-stream' },
          data: new Blob([new Uint8Array(bytes)]),
          showErrorAlert: false,
        })
      );
      onKept();
    } catch (error) {
      setFailure(describeFailure(error));
      setSending(false);
    }
  };

  return (
    <Modal isOpen title={t('app.captures.keep-title', 'Keep the capture')} onDismiss={onClose}>
      <div className={styles.form}>
        <p>
          <Trans i18nKey="app.captures.keep-how">
            The profile is sent to the profile server of this data source, and is found again below and wherever its
            labels are asked for.
          </Trans>
        </p>
        {failure !== undefined && (
          <Alert severity="error" title={t('app.captures.not-kept', 'The capture was not kept')}>
            {failure}
          </Alert>
        )}
        <Field
          label={t('app.captures.keep-service', 'Service')}
          description={t(
            'app.captures.keep-service-why',
            'Under the service’s own name it would be counted among its continuous profiles.'
          )}
          htmlFor={`${id}-service`}
          noMargin
        >
          <Input
            id={`${id}-service`}
            value={service}
            onChange={({ currentTarget }) => setService(currentTarget.value)}
          />
        </Field>
        {labels.map(([key, value], index) => (
          <div key={index} className={styles.label}>
            <Input
              aria-label={t('app.captures.label-name', 'Name of label {{number}}', { number: index + 1 })}
              value={key}
              onChange={({ currentTarget }) => change(index, [currentTarget.value.trim(), value])}
            />
            <Input
              aria-label={t('app.captures.label-value', 'Value of label {{number}}', { number: index + 1 })}
              value={value}
              onChange={({ currentTarget }) => change(index, [key, currentTarget.value])}
            />
            <IconButton
              name="trash-alt"
              aria-label={t('app.captures.label-remove', 'Remove label {{number}}', { number: index + 1 })}
              onClick={() => setLabels(labels.filter((_label, i) => i !== index))}
            />
          </div>
        ))}
        <div>
          <Button size="sm" variant="secondary" icon="plus" onClick={() => setLabels([...labels, ['', '']])}>
            {t('app.captures.label-add', 'Add a label')}
          </Button>
        </div>
      </div>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('app.captures.keep-cancel', 'Cancel')}
        </Button>
        <Button onClick={send} disabled={sending || service.trim() === ''} icon={sending ? 'spinner' : 'save'}>
          {t('app.captures.keep', 'Keep')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  label: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'center' }),
});

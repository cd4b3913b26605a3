import React, { useId, useState } from 'react';
import { firstValueFrom } from 'rxjs';

import { dateTimeFormat } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { Alert, Button, Combobox, Field, Modal, TextArea } from '@grafana/ui';

import { describeFailure } from '../../datasource/resources/failure';
import { createSilence } from '../alerting/alertingApi';
import { silenceOf } from '../alerting/silence';

import type { Finding } from './findings';
import { labelsOf } from './rankedFindings';

interface Props {
  finding: Finding;
  onMuted: () => void;
  onClose: () => void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Mutes a finding by a silence of Grafana's, so that its alerts are quiet, too; with a reason and an end. */
export function MuteForm({ finding, onMuted, onClose }: Props) {
  const id = useId();
  const [reason, setReason] = useState('');
  const [opened] = useState(() => Date.now());
  const [length, setLength] = useState(DAY);
  const [failure, setFailure] = useState<string>();
  const [working, setWorking] = useState(false);
  const [asked, setAsked] = useState(false);
  const isMissing = reason.trim() === '';
  const mute = async () => {
    setAsked(true);
    if (isMissing) {
      return;
    }
    setWorking(true);
    setFailure(undefined);
    const from = Date.now();
    const { name, login } = config.bootData.user;
    const silence = silenceOf({
      labels: labelsOf(finding),
      reason: reason.trim(),
      createdBy: name || login,
      from,
      to: from + length,
    });
    try {
      await firstValueFrom(createSilence(silence));
      onMuted();
    } catch (cause) {
      setFailure(describeFailure(cause));
      setWorking(false);
    }
  };
  return (
    <Modal isOpen title={t('app.regressions.mute.title', 'Mute a finding')} onDismiss={onClose}>
      <p>
        <Trans i18nKey="app.regressions.mute.what">
          Grafana gets a silence for alerts with these labels, whichever rule raises them. It can be changed and ended
          there, too.
        </Trans>
      </p>
      <ul style={{ marginLeft: 20, marginBottom: 16 }}>
        {Object.entries(labelsOf(finding)).map(([name, value]) => (
          <li key={name} style={{ overflowWrap: 'anywhere' }}>
            <code>{`${name}="${value}"`}</code>
          </li>
        ))}
      </ul>
      <Field
        label={t('app.regressions.mute.reason', 'Reason')}
        htmlFor={`${id}-reason`}
        required
        invalid={asked && isMissing}
        error={t('app.regressions.mute.reason-missing', 'Say why, for whoever finds it muted')}
      >
        <TextArea
          id={`${id}-reason`}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          rows={2}
          maxLength={1000}
          placeholder={t('app.regressions.mute.reason-example', 'Known, fixed in v1.4.4')}
        />
      </Field>
      <Field
        label={t('app.regressions.mute.until', 'For')}
        htmlFor={`${id}-length`}
        description={t('app.regressions.mute.ends', 'Until {{moment}}', {
          moment: dateTimeFormat(opened + length),
        })}
      >
        <Combobox
          id={`${id}-length`}
          options={lengths()}
          value={length}
          onChange={({ value }) => setLength(value)}
          width={30}
        />
      </Field>
      {failure !== undefined && (
        <Alert severity="error" title={t('app.regressions.mute.failed', 'The finding was not muted')}>
          {failure}
        </Alert>
      )}
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={onClose}>
          {t('app.regressions.mute.cancel', 'Cancel')}
        </Button>
        <Button icon={working ? 'spinner' : 'bell-slash'} onClick={mute} disabled={working}>
          {t('app.regressions.mute.do', 'Mute')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

function lengths() {
  return [
    { value: HOUR, label: t('app.regressions.mute.hour', '1 hour') },
    { value: 8 * HOUR, label: t('app.regressions.mute.hours', '8 hours') },
    { value: DAY, label: t('app.regressions.mute.day', '1 day') },
    { value: 7 * DAY, label: t('app.regressions.mute.week', '1 week') },
    { value: 30 * DAY, label: t('app.regressions.mute.month', '30 days') },
  ];
}

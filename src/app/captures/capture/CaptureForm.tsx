import { css } from '@emotion/css';
import React, { useId, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, Input, useStyles2 } from '@grafana/ui';

import type { CaptureChoice } from '../CapturesScreen';

import {
  type CaptureMode,
  describeMode,
  describeProfile,
  isProfileName,
  modesOf,
  PROFILE_NAMES,
  takesSeconds,
} from './profileKinds';
import type { CaptureAsk } from './takeCapture';
import { type CaptureTarget, targetOf } from './targets';

interface Props {
  targets: CaptureTarget[];
  choice: CaptureChoice;
  onChoose: (choice: CaptureChoice) => void;
  isRunning: boolean;
  onCapture: (target: CaptureTarget, ask: CaptureAsk) => void;
}

const DEFAULT_SECONDS = 10;

/** Whose profile to take, which, and how. */
export function CaptureForm({ targets, choice, onChoose, isRunning, onCapture }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [chosenMode, setMode] = useState<CaptureMode>('once');
  const [typed, setTyped] = useState<number>();
  const target = targetOf(targets, choice) ?? targets[0];
  const seconds = typed ?? Math.min(DEFAULT_SECONDS, target.mostSeconds);
  const profile = isProfileName(choice.type) ? choice.type : 'cpu';
  const instance = target.instances.find((one) => one === choice.instance) ?? target.instances[0];
  const modes = modesOf(profile);
  const mode = modes.includes(chosenMode) ? chosenMode : modes[0];
  const lasts = takesSeconds(profile, mode);
  const isWrong = lasts && !(Number.isInteger(seconds) && seconds >= 1 && seconds <= target.mostSeconds);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onCapture(target, { target: target.id, instance, profile, mode, seconds: lasts ? seconds : 0 });
      }}
    >
      <Field label={t('app.captures.target', 'Target')} htmlFor={`${id}-target`} className={styles.wide} noMargin>
        <Combobox
          id={`${id}-target`}
          options={targets.map((one) => ({ value: one.id, label: one.name, description: one.labels.service_name }))}
          value={target.id}
          onChange={({ value }) => onChoose({ target: value, service: undefined, instance: undefined })}
        />
      </Field>
      {target.instances.length > 1 && (
        <Field
          label={t('app.captures.instance', 'Instance')}
          htmlFor={`${id}-instance`}
          className={styles.wide}
          noMargin
        >
          <Combobox
            id={`${id}-instance`}
            options={target.instances.map((value) => ({ value, label: value }))}
            value={instance}
            onChange={({ value }) => onChoose({ instance: value })}
          />
        </Field>
      )}
      <Field
        label={t('app.captures.profile-kind', 'Profile')}
        htmlFor={`${id}-profile`}
        className={styles.wide}
        noMargin
      >
        <Combobox
          id={`${id}-profile`}
          options={PROFILE_NAMES.map((value) => ({ value, ...describeProfile(value) }))}
          value={profile}
          onChange={({ value }) => onChoose({ type: value })}
        />
      </Field>
      {modes.length > 1 && (
        <Field label={t('app.captures.how', 'How')} htmlFor={`${id}-mode`} className={styles.narrow} noMargin>
          <Combobox
            id={`${id}-mode`}
            options={modes.map((value) => ({ value, ...describeMode(value) }))}
            value={mode}
            onChange={({ value }) => setMode(value)}
          />
        </Field>
      )}
      {lasts && (
        <Field
          label={t('app.captures.seconds', 'Seconds')}
          htmlFor={`${id}-seconds`}
          invalid={isWrong}
          error={t('app.captures.seconds-fault', 'From 1 to {{most}}.', { most: target.mostSeconds })}
          noMargin
        >
          <Input
            id={`${id}-seconds`}
            type="number"
            width={12}
            min={1}
            max={target.mostSeconds}
            value={Number.isNaN(seconds) ? '' : seconds}
            onChange={({ currentTarget }) => setTyped(currentTarget.valueAsNumber)}
          />
        </Field>
      )}
      <Button type="submit" icon="record-audio" disabled={isRunning || isWrong}>
        {t('app.captures.capture', 'Capture')}
      </Button>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-end' }),
  wide: css({ flex: '1 1 200px', maxWidth: 320, minWidth: 0 }),
  narrow: css({ flex: '0 1 180px', minWidth: 0 }),
});

import React, { useId } from 'react';

import { isValidGrafanaDuration } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, Input } from '@grafana/ui';

import type { ProfilesOptions } from '../settings';
import type { ConfigProps } from './ConfigEditor';

/** Keys of the settings that hold a value of one kind. */
type KeyOf<Value> = {
  [key in keyof ProfilesOptions]-?: ProfilesOptions[key] extends Value | undefined ? key : never;
}[keyof ProfilesOptions];

interface SettingProps<Value> extends ConfigProps {
  setting: KeyOf<Value>;
  label: string;
  description: string;
  placeholder?: string;
}

/** The same options with one setting changed; an empty one is left out, so that the default holds. */
export function withSetting<Key extends keyof ProfilesOptions>(
  options: ConfigProps['options'],
  key: Key,
  value: ProfilesOptions[Key]
): ConfigProps['options'] {
  const jsonData = { ...options.jsonData, [key]: value };
  if (value === undefined || value === '') {
    delete jsonData[key];
  }
  return { ...options, jsonData };
}

interface TextSettingProps extends SettingProps<string> {
  /** A sentence when the text cannot be meant. */
  fault?: (text: string) => string | undefined;
}

export function TextSetting({ setting, label, description, placeholder, fault, ...props }: TextSettingProps) {
  const id = useId();
  const text = String(props.options.jsonData[setting] ?? '');
  const error = text === '' ? undefined : fault?.(text);
  return (
    <Field noMargin label={label} description={description} htmlFor={id} invalid={error !== undefined} error={error}>
      <Input
        id={id}
        value={text}
        placeholder={placeholder}
        spellCheck={false}
        disabled={props.options.readOnly}
        onChange={({ currentTarget }) =>
          props.onOptionsChange(withSetting(props.options, setting, currentTarget.value.trim()))
        }
      />
    </Field>
  );
}

export function DurationSetting(props: SettingProps<string>) {
  return <TextSetting {...props} fault={durationFault} />;
}

function durationFault(text: string): string | undefined {
  return isValidGrafanaDuration(text)
    ? undefined
    : t('datasource.config.duration-fault', 'Write a number and a unit (ms, s, m, h or d), for example 15s.');
}

interface CountSettingProps extends SettingProps<number> {
  bounds: { preset: number; least: number; most: number };
}

export function CountSetting({ setting, label, description, bounds, ...props }: CountSettingProps) {
  const id = useId();
  const count = props.options.jsonData[setting];
  const fits =
    count === undefined || (Number.isInteger(count) && Number(count) >= bounds.least && Number(count) <= bounds.most);
  return (
    <Field
      noMargin
      label={label}
      description={description}
      htmlFor={id}
      invalid={!fits}
      error={t('datasource.config.count-fault', 'Write a whole number from {{least}} to {{most}}.', bounds)}
    >
      <Input
        id={id}
        type="number"
        min={bounds.least}
        max={bounds.most}
        value={count === undefined ? '' : String(count)}
        placeholder={String(bounds.preset)}
        disabled={props.options.readOnly}
        onChange={({ currentTarget: { value } }) =>
          props.onOptionsChange(withSetting(props.options, setting, value === '' ? undefined : Number(value)))
        }
      />
    </Field>
  );
}

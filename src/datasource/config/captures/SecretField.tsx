import React, { useId } from 'react';

import { t } from '@grafana/i18n';
import { Field, SecretInput, SecretTextArea } from '@grafana/ui';

import type { ConfigProps } from '../ConfigEditor';

import { type SecretName, secretKey } from './captureTarget';

interface Props extends ConfigProps {
  id: string;
  secret: SecretName;
}

/** One secret of a target: it goes to Grafana's store of secrets and does not come back. */
export function SecretField({ options, onOptionsChange, id, secret }: Props) {
  const field = useId();
  const key = secretKey(id, secret);
  const { label, placeholder } = describeSecret(secret);
  const shared = {
    id: field,
    placeholder,
    isConfigured: options.secureJsonFields?.[key] ?? false,
    value: secretsOf(options)[key] ?? '',
    disabled: options.readOnly,
    onReset: () => onOptionsChange(withSecret(options, key, '')),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onOptionsChange({ ...options, secureJsonData: { ...options.secureJsonData, [key]: currentTarget.value } }),
  };
  return (
    <Field noMargin label={label} htmlFor={field}>
      {secret.startsWith('tls') ? (
        <SecretTextArea {...shared} rows={4} cols={PEM_LETTERS} />
      ) : (
        <SecretInput {...shared} width={60} />
      )}
    </Field>
  );
}

/** A line of PEM has 64 letters; the rest is for the frame. */
const PEM_LETTERS = 70;

/** What was typed since the page was opened. */
export function secretsOf({ secureJsonData }: ConfigProps['options']): Partial<Record<string, string>> {
  return secureJsonData ?? {};
}

/** Grafana keeps a secret that a save does not name; an empty one takes its place. */
export function withSecret(options: ConfigProps['options'], key: string, value: string): ConfigProps['options'] {
  return {
    ...options,
    secureJsonFields: { ...options.secureJsonFields, [key]: false },
    secureJsonData: { ...options.secureJsonData, [key]: value },
  };
}

function describeSecret(secret: SecretName): { label: string; placeholder?: string } {
  const certificate = '-----BEGIN CERTIFICATE-----';
  const key = '-----BEGIN PRIVATE KEY-----';
  switch (secret) {
    case 'bearerToken':
      return { label: t('datasource.config.captures.bearer-token', 'Bearer token') };
    case 'basicAuthPassword':
      return { label: t('datasource.config.captures.password', 'Password') };
    case 'tlsCACert':
      return { label: t('datasource.config.captures.ca', 'CA certificate (PEM)'), placeholder: certificate };
    case 'tlsClientCert':
      return {
        label: t('datasource.config.captures.client-cert', 'Client certificate (PEM)'),
        placeholder: certificate,
      };
    case 'tlsClientKey':
      return {
        label: t('datasource.config.captures.client-key', 'Key of the client certificate (PEM)'),
        placeholder: key,
      };
  }
}

import React, { useId, useState } from 'react';

import { t } from '@grafana/i18n';
import { Combobox, Field, Input, Stack, Switch, TextArea } from '@grafana/ui';

import type { ConfigProps } from '../ConfigEditor';

import {
  isAddress,
  PRESETS,
  readInstances,
  readLabels,
  SECRETS,
  type StoredTarget,
  writeInstances,
  writeLabels,
} from './captureTarget';
import { SecretField } from './SecretField';

interface Props extends ConfigProps {
  target: StoredTarget;
  onChange: (target: StoredTarget) => void;
}

const WIDTH = 60;

/** The same in every language. */
const EXAMPLE_INSTANCE = 'node-2 https://10.0.0.12:10250';

/** Everything about one target. */
export function CaptureTargetFields({ target, onChange, ...props }: Props) {
  const id = useId();
  const disabled = props.options.readOnly;
  const [labels, setLabels] = useState(writeLabels(target.labels));
  const [instances, setInstances] = useState(writeInstances(target.instances));
  const wrongInstance = target.instances?.find(({ url }) => !isAddress(url));
  const text = (key: 'name' | 'url' | 'path' | 'basicAuthUser' | 'tlsServerName', placeholder?: string) => ({
    id: `${id}-${key}`,
    width: WIDTH,
    value: target[key] ?? '',
    placeholder,
    disabled,
    spellCheck: false,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange({ ...target, [key]: currentTarget.value === '' ? undefined : currentTarget.value }),
  });
  const count = (key: 'mostSeconds' | 'atOnce', preset: number, most: number) => ({
    id: `${id}-${key}`,
    type: 'number',
    width: 20,
    min: 1,
    max: most,
    value: target[key] ?? '',
    placeholder: String(preset),
    disabled,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onChange({ ...target, [key]: value === '' ? undefined : Number(value) }),
  });
  return (
    <Stack direction="column" gap={2}>
      <Field noMargin label={t('datasource.config.captures.name', 'Name')} htmlFor={`${id}-name`}>
        <Input {...text('name', target.id)} />
      </Field>
      <Field
        noMargin
        label={t('datasource.config.captures.kind', 'Program')}
        description={t('datasource.config.captures.kind-why', 'Decides how failures are explained.')}
        htmlFor={`${id}-kind`}
      >
        <Combobox
          id={`${id}-kind`}
          width={WIDTH}
          disabled={disabled}
          options={PRESETS.map(({ kind, name }) => ({ value: kind, label: name }))}
          value={target.kind ?? 'go'}
          onChange={({ value }) => onChange({ ...target, kind: value })}
        />
      </Field>
      <Field
        noMargin
        label={t('datasource.config.captures.url', 'Address')}
        description={t(
          'datasource.config.captures.url-why',
          'As Grafana’s server reaches it, without the path of the endpoints.'
        )}
        htmlFor={`${id}-url`}
        invalid={target.url !== undefined && !isAddress(target.url)}
        error={t(
          'datasource.config.captures.url-fault',
          'Write http:// or https://, a host and a port; no user, no ? and no #.'
        )}
      >
        <Input {...text('url', 'https://host:port')} />
      </Field>
      <Field
        noMargin
        label={t('datasource.config.captures.instances', 'More instances')}
        description={t(
          'datasource.config.captures.instances-why',
          'One a line: an address, or a name and an address. For programs that run several times, such as the kubelet of each node.'
        )}
        htmlFor={`${id}-instances`}
        invalid={wrongInstance !== undefined}
        error={t(
          'datasource.config.captures.url-fault',
          'Write http:// or https://, a host and a port; no user, no ? and no #.'
        )}
      >
        <TextArea
          id={`${id}-instances`}
          cols={WIDTH}
          rows={2}
          disabled={disabled}
          spellCheck={false}
          placeholder={EXAMPLE_INSTANCE}
          value={instances}
          onChange={({ currentTarget }) => {
            setInstances(currentTarget.value);
            const read = readInstances(currentTarget.value);
            onChange({ ...target, instances: read.length > 0 ? read : undefined });
          }}
        />
      </Field>
      <Field noMargin label={t('datasource.config.captures.path', 'Path of the endpoints')} htmlFor={`${id}-path`}>
        <Input {...text('path', '/debug/pprof')} />
      </Field>
      <Field
        noMargin
        label={t('datasource.config.captures.labels', 'Labels')}
        description={t(
          'datasource.config.captures.labels-why',
          'One a line, name=value. service_name is the service whose continuous profiles a capture is compared with.'
        )}
        htmlFor={`${id}-labels`}
      >
        <TextArea
          id={`${id}-labels`}
          cols={WIDTH}
          rows={2}
          disabled={disabled}
          spellCheck={false}
          placeholder={writeLabels({ service_name: target.name ?? target.id })}
          value={labels}
          onChange={({ currentTarget }) => {
            setLabels(currentTarget.value);
            onChange({ ...target, labels: readLabels(currentTarget.value) });
          }}
        />
      </Field>
      <Stack gap={2} wrap="wrap">
        <Field
          noMargin
          label={t('datasource.config.captures.most-seconds', 'Seconds at most')}
          htmlFor={`${id}-mostSeconds`}
        >
          <Input {...count('mostSeconds', 120, 600)} />
        </Field>
        <Field noMargin label={t('datasource.config.captures.at-once', 'Captures at a time')} htmlFor={`${id}-atOnce`}>
          <Input {...count('atOnce', 1, 16)} />
        </Field>
      </Stack>
      <Field
        noMargin
        label={t('datasource.config.captures.user', 'User of basic authentication')}
        htmlFor={`${id}-basicAuthUser`}
      >
        <Input {...text('basicAuthUser')} autoComplete="off" />
      </Field>
      {SECRETS.map((secret) => (
        <SecretField key={secret} {...props} id={target.id} secret={secret} />
      ))}
      <Field
        noMargin
        label={t('datasource.config.captures.server-name', 'Name in the server’s certificate')}
        description={t('datasource.config.captures.server-name-why', 'Where it is not that of the address.')}
        htmlFor={`${id}-tlsServerName`}
      >
        <Input {...text('tlsServerName')} />
      </Field>
      <Field
        noMargin
        label={t('datasource.config.captures.skip-verify', 'Do not check the server’s certificate')}
        description={t('datasource.config.captures.skip-verify-why', 'Anybody on the way could then read the token.')}
        htmlFor={`${id}-tlsSkipVerify`}
      >
        <Switch
          id={`${id}-tlsSkipVerify`}
          disabled={disabled}
          value={target.tlsSkipVerify ?? false}
          onChange={({ currentTarget }) => onChange({ ...target, tlsSkipVerify: currentTarget.checked || undefined })}
        />
      </Field>
    </Stack>
  );
}

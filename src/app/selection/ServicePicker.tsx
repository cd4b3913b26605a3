import React, { useMemo } from 'react';

import { t } from '@grafana/i18n';
import { Combobox } from '@grafana/ui';

import type { Service } from '../resources/ServiceDirectory';

interface Props {
  id?: string;
  services: Service[];
  value?: string;
  onChange: (service: string) => void;
  loading?: boolean;
}

/** The services of the range; one that sent nothing in it can still be typed, e.g. for a link to an older range. */
export function ServicePicker({ id, services, value, onChange, loading }: Props) {
  const options = useMemo(() => services.map(({ name }) => ({ value: name, label: name })), [services]);
  return (
    <Combobox
      id={id}
      options={options}
      value={value === undefined ? null : { value, label: value }}
      onChange={(chosen) => onChange(chosen.value.trim())}
      createCustomValue
      customValueDescription={t('app.service-picker.custom', 'Use this name')}
      placeholder={t('app.service-picker.placeholder', 'Choose a service')}
      loading={loading}
    />
  );
}

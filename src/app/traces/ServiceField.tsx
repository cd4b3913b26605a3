import React, { useId, useMemo } from 'react';

import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Combobox, Field } from '@grafana/ui';

import { useServicesIn } from '../resources/useServicesIn';

interface Props {
  /** '' for all. */
  service: string;
  profilesUid: string;
  range: TimeRange;
  onChange: (service: string) => void;
}

/** Whose spans are looked at: a service with profiles in the range, or any other name that is typed. */
export function ServiceField({ service, profilesUid, range, onChange }: Props) {
  const id = useId();
  const { value: found, loading } = useServicesIn(profilesUid, range);
  const options = useMemo(() => (found?.services ?? []).map(({ name }) => ({ value: name, label: name })), [found]);
  return (
    <Field
      noMargin
      htmlFor={id}
      label={t('app.traces.service', 'Service')}
      description={t('app.traces.service-for', 'Only spans of this service; of all if empty.')}
    >
      <Combobox
        id={id}
        width={40}
        options={options}
        value={service === '' ? null : { value: service, label: service }}
        onChange={(chosen) => onChange(chosen?.value.trim() ?? '')}
        isClearable
        createCustomValue
        customValueDescription={t('app.service-picker.custom', 'Use this name')}
        placeholder={t('app.traces.all-services', 'All services')}
        loading={loading}
      />
    </Field>
  );
}

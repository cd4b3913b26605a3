import React, { useMemo } from 'react';

import { t } from '@grafana/i18n';
import { Combobox, type ComboboxOption } from '@grafana/ui';

import { readProfileType } from '../profileTypes/profileType';
import { describeProfileType } from '../profileTypes/wording';

interface Props {
  id?: string;
  /** Ids that the server holds. */
  profileTypes: string[];
  /** Dashboard variables, each as it is written in a query: $name. */
  variables?: string[];
  value: string;
  onChange: (profileTypeId: string) => void;
  loading?: boolean;
  disabled?: boolean;
}

/** Profile types in words, grouped by what is measured; what is typed finds words and ids alike. */
export function ProfileTypePicker({ id, profileTypes, variables = [], value, onChange, loading, disabled }: Props) {
  const options = useMemo(
    () => [...typeOptions(profileTypes), ...variableOptions(variables)],
    [profileTypes, variables]
  );
  return (
    <Combobox
      id={id}
      options={options}
      value={value === '' ? null : (options.find((option) => option.value === value) ?? typeOption(value))}
      onChange={(option) => onChange(option.value.trim())}
      createCustomValue
      customValueDescription={t('datasource.profile-type-picker.custom', 'Use this profile type id or variable')}
      placeholder={t('datasource.profile-type-picker.placeholder', 'Choose what to look at')}
      loading={loading}
      disabled={disabled}
      data-testid="profile-type-picker"
    />
  );
}

function typeOptions(ids: string[]): Array<ComboboxOption<string>> {
  return ids.map(typeOption).sort((a, b) => a.rank - b.rank || a.value.localeCompare(b.value));
}

function typeOption(id: string) {
  const { measure, title, rank } = describeProfileType(id);
  const { name, sampleType } = readProfileType(id);
  const label = sampleType === '' ? id : `${title} · ${name}:${sampleType}`;
  return { value: id, label, description: id, group: measure, rank };
}

function variableOptions(variables: string[]): Array<ComboboxOption<string>> {
  const group = t('datasource.profile-type-picker.variables', 'Dashboard variables');
  return variables.map((variable) => ({ value: variable, label: variable, group }));
}

import React, { useState } from 'react';

import { t } from '@grafana/i18n';
import { Field, FieldValidationMessage, Input, RadioButtonGroup, Stack, Text } from '@grafana/ui';

import type { ConfigProps } from './ConfigEditor';
import { coverageOf, type DutyCycle, dutyCycleOf } from './cpuCoverage';
import { withSetting } from './settingFields';

type Collection = 'unknown' | 'continuous' | 'part';

/** Profiled n s of every m s: a CPU profile of 10 s in every minute holds a sixth of the time that was used. */
export function CpuCoverageSetting({ options, onOptionsChange }: ConfigProps) {
  const saved = options.jsonData.cpuCoverage;
  const [collection, setCollection] = useState<Collection>(collectionOf(saved));
  const [cycle, setCycle] = useState<DutyCycle>(dutyCycleOf(saved && saved < 1 ? saved : 1 / 6));
  const save = (coverage: number | undefined) => onOptionsChange(withSetting(options, 'cpuCoverage', coverage));
  const invalid = coverageOf(cycle) === undefined;

  const choose = (next: Collection) => {
    setCollection(next);
    save(next === 'unknown' ? undefined : next === 'continuous' ? 1 : coverageOf(cycle));
  };
  const changeCycle = (next: DutyCycle) => {
    setCycle(next);
    save(coverageOf(next));
  };

  return (
    <Stack direction="column" gap={1}>
      <Field
        noMargin
        label={t('datasource.config.cpu-coverage.label', 'CPU profiles are collected')}
        description={t(
          'datasource.config.cpu-coverage.description',
          'When a CPU profile covers only part of the time, series are corrected to cores. Unknown: they are titled "sampled CPU" and not corrected.'
        )}
      >
        <RadioButtonGroup<Collection>
          value={collection}
          onChange={choose}
          disabled={options.readOnly}
          options={[
            { value: 'unknown', label: t('datasource.config.cpu-coverage.unknown', 'Unknown') },
            { value: 'continuous', label: t('datasource.config.cpu-coverage.continuous', 'All the time') },
            { value: 'part', label: t('datasource.config.cpu-coverage.part', 'Part of the time') },
          ]}
        />
      </Field>
      {collection === 'part' && (
        <>
          <Stack gap={1} alignItems="center" wrap="wrap">
            <SecondsInput
              label={t('datasource.config.cpu-coverage.seconds', 'Seconds profiled')}
              value={cycle.seconds}
              invalid={invalid}
              disabled={options.readOnly}
              onChange={(seconds) => changeCycle({ ...cycle, seconds })}
            />
            <Text variant="bodySmall">{t('datasource.config.cpu-coverage.of-every', 'of every')}</Text>
            <SecondsInput
              label={t('datasource.config.cpu-coverage.every', 'Length of a cycle in seconds')}
              value={cycle.every}
              invalid={invalid}
              disabled={options.readOnly}
              onChange={(every) => changeCycle({ ...cycle, every })}
            />
          </Stack>
          {invalid && (
            <FieldValidationMessage>
              {t('datasource.config.cpu-coverage.fault', 'The first number is above 0 and no larger than the second.')}
            </FieldValidationMessage>
          )}
        </>
      )}
    </Stack>
  );
}

function collectionOf(coverage: number | undefined): Collection {
  if (!coverage) {
    return 'unknown';
  }
  return coverage === 1 ? 'continuous' : 'part';
}

interface SecondsInputProps {
  label: string;
  value: number;
  invalid: boolean;
  disabled?: boolean;
  onChange: (seconds: number) => void;
}

function SecondsInput({ label, value, invalid, disabled, onChange }: SecondsInputProps) {
  return (
    <Input
      invalid={invalid}
      aria-label={label}
      type="number"
      min={0}
      width={12}
      suffix={t('datasource.config.cpu-coverage.unit', 's')}
      value={Number.isNaN(value) ? '' : value}
      disabled={disabled}
      onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
    />
  );
}

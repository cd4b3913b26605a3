import { css } from '@emotion/css';
import React, { useCallback, useEffect, useId, useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Combobox, Field, useStyles2 } from '@grafana/ui';

import { readProfileType } from '../../../datasource/profileTypes/profileType';
import { describeProfileType } from '../../../datasource/profileTypes/wording';
import { spanOf } from '../../../datasource/resources/span';
import { useAnswer } from '../../../datasource/resources/useAnswer';
import { commonUnit } from '../../../formats';
import { useServiceDirectory } from '../../resources/useServiceDirectory';
import { ServicePicker } from '../../selection/ServicePicker';

import type { Continuous } from './continuousProfile';
import type { FileChoice } from './fileChoice';

interface Props {
  datasourceUid: string;
  /** Only types in the same unit can be compared. */
  unit: string;
  choice: Pick<FileChoice, 'service' | 'type' | 'minutes'>;
  onChoose: (change: Pick<FileChoice, 'service' | 'type' | 'minutes'>) => void;
  /** Tells what is chosen, once it is whole. */
  onChange: (continuous: Continuous | undefined) => void;
}

const MINUTES = [15, 60, 6 * 60, 24 * 60];

/** Service, type and time of the continuous profile that a file is held against. */
export function ContinuousPicker({ datasourceUid, unit, choice, onChoose, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { service, type, minutes = 60 } = choice;
  const directory = useServiceDirectory(datasourceUid);
  const span = useMemo(
    () => ({ start: spanOf(undefined).end - minutes * 60_000, end: spanOf(undefined).end }),
    [minutes]
  );
  const ask = useCallback(() => directory.services(span), [directory, span]);
  const { value: found, loading, failure } = useAnswer(ask);
  const types = useMemo(() => {
    const sent = found?.services.find(({ name }) => name === service)?.profileTypes ?? found?.profileTypes ?? [];
    return sent.filter((each) => commonUnit(readProfileType(each).sampleUnit).unit === unit);
  }, [found, service, unit]);
  const profileTypeId = type !== undefined && types.includes(type) ? type : types[0];
  useEffect(() => {
    const isWhole = service !== undefined && profileTypeId !== undefined;
    onChange(isWhole ? { datasourceUid, service, profileTypeId, minutes } : undefined);
  }, [onChange, datasourceUid, service, profileTypeId, minutes]);
  return (
    <>
      <Field
        noMargin
        className={styles.field}
        label={t('app.files.service', 'Service')}
        htmlFor={`${id}-service`}
        invalid={failure !== undefined}
        error={failure}
      >
        <ServicePicker
          id={`${id}-service`}
          services={found?.services ?? []}
          value={service}
          onChange={(chosen) => onChoose({ service: chosen })}
          loading={loading}
        />
      </Field>
      <Field noMargin className={styles.field} label={t('app.files.type', 'Profile type')} htmlFor={`${id}-type`}>
        <Combobox
          id={`${id}-type`}
          value={profileTypeId ?? null}
          options={types.map((value) => ({ value, label: describeProfileType(value).title }))}
          onChange={({ value }) => onChoose({ type: value })}
          placeholder={loading ? '' : t('app.files.no-type', 'None in the unit of the file')}
        />
      </Field>
      <Field noMargin label={t('app.files.time', 'Time')} htmlFor={`${id}-time`}>
        <Combobox
          id={`${id}-time`}
          width={20}
          value={minutes}
          options={MINUTES.map((value) => ({
            value,
            label:
              value < 60
                ? t('app.files.last-minutes', 'Last {{n}} minutes', { n: value })
                : t('app.files.last-hours', 'Last {{n}} h', { n: value / 60 }),
          }))}
          onChange={({ value }) => onChoose({ minutes: value })}
        />
      </Field>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  field: css({ minWidth: theme.spacing(24), maxWidth: theme.spacing(40) }),
});

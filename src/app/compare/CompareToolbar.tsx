import { css } from '@emotion/css';
import React, { useId, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, ButtonGroup, Combobox, type ComboboxOption, Field, useStyles2 } from '@grafana/ui';

import { ProfileTypePicker } from '../../datasource/editor/ProfileTypePicker';
import type { Normalisation } from '../../links/linked';

import { PreviousVersionButton } from './PreviousVersionButton';
import type { ProfileComparison } from './ProfileComparison';

interface Props {
  model: ProfileComparison;
  datasourceUid: string;
  profileTypes: string[];
  loading: boolean;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What holds for both sides: the type, how they are made comparable, and usual baselines. */
export function CompareToolbar({ model, datasourceUid, profileTypes, loading }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { profileTypeId, normalise } = model.useState();
  const [problem, setProblem] = useState<string>();
  const presets = [
    { name: t('app.compare.hour-ago', 'One hour ago'), seconds: HOUR },
    { name: t('app.compare.yesterday', 'Yesterday'), seconds: DAY },
    { name: t('app.compare.last-week', 'Last week'), seconds: 7 * DAY },
  ];
  return (
    <div className={styles.toolbar}>
      <Field label={t('app.explore.type', 'Profile type')} htmlFor={`${id}-type`} className={styles.type} noMargin>
        <ProfileTypePicker
          id={`${id}-type`}
          profileTypes={profileTypes}
          value={profileTypeId ?? ''}
          onChange={model.chooseProfileType}
          loading={loading}
        />
      </Field>
      <Field
        label={t('app.compare.normalise', 'Compared by')}
        htmlFor={`${id}-normalise`}
        className={styles.normalise}
        noMargin
      >
        <Combobox
          id={`${id}-normalise`}
          options={normalisations()}
          value={normalise}
          onChange={({ value }) => model.chooseNormalisation(value)}
        />
      </Field>
      <Field label={t('app.compare.presets', 'Compare with')} noMargin>
        <ButtonGroup>
          {presets.map(({ name, seconds }) => (
            <Button key={seconds} variant="secondary" onClick={() => model.compareWithBefore(seconds)}>
              {name}
            </Button>
          ))}
          <PreviousVersionButton model={model} datasourceUid={datasourceUid} onProblem={setProblem} />
        </ButtonGroup>
      </Field>
      <div className={styles.last}>
        <Button variant="secondary" icon="exchange-alt" onClick={model.swap}>
          {t('app.compare.swap', 'Swap sides')}
        </Button>
        <Button
          variant="secondary"
          icon="sync"
          onClick={model.refresh}
          aria-label={t('app.compare.refresh', 'Refresh')}
          tooltip={t('app.compare.refresh', 'Refresh')}
        />
      </div>
      {problem !== undefined && (
        <div className={styles.problem}>
          <Alert severity="info" title={problem} onRemove={() => setProblem(undefined)} />
        </div>
      )}
    </div>
  );
}

function normalisations(): Array<ComboboxOption<Normalisation>> {
  return [
    {
      value: 'share',
      label: t('app.compare.by-share', 'Share'),
      description: t('app.compare.by-share-why', 'Of each side’s whole; holds for any load and number of instances'),
    },
    {
      value: 'instance',
      label: t('app.compare.by-instance', 'Cost per instance'),
      description: t('app.compare.by-instance-why', 'When the sides run on different numbers of instances'),
    },
    {
      value: 'rate',
      label: t('app.compare.by-rate', 'Cost per time'),
      description: t('app.compare.by-rate-why', 'When the sides are differently long'),
    },
    {
      value: 'none',
      label: t('app.compare.by-none', 'Totals'),
      description: t('app.compare.by-none-why', 'As they are; shows also that one side is longer or busier'),
    },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-end' }),
  type: css({ flex: '1 1 240px', maxWidth: 360, minWidth: 0 }),
  normalise: css({ flex: '0 1 200px', minWidth: 0 }),
  problem: css({ flex: '1 1 100%', '& > *': { marginBottom: 0 } }),
  last: css({ display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' }),
});

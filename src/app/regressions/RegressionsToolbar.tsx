import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Checkbox, Combobox, Field, FilterInput, MultiCombobox, RadioButtonGroup, useStyles2 } from '@grafana/ui';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import type { Span } from '../../datasource/resources/span';
import type { Services } from '../resources/ServiceDirectory';

import { baselineNames } from './baselines';
import { ExportMenu } from './ExportMenu';
import type { FindingStatus } from './findings';
import { statusText } from './findingWords';
import type { ServiceGroup } from './rankedFindings';
import type { RegressionsOverview } from './RegressionsOverview';
import { ThresholdFields } from './ThresholdFields';

interface Props {
  model: RegressionsOverview;
  datasourceUid: string;
  /** Undefined while it is not known. */
  directory?: Services;
  groups: ServiceGroup[];
  range: Span;
}

/** What is looked for, and below it what of it is listed. */
export function RegressionsToolbar({ model, datasourceUid, directory, groups, range }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { profileTypes = [], baseline, service, shown, status, search, muted } = model.useState();
  const types = [...new Set([...(directory?.profileTypes ?? []), ...profileTypes])].map(typeOption);
  const names = directory?.services.map(({ name }) => name) ?? [];
  const serviceNames = [...new Set(service === undefined ? names : [...names, service])];
  return (
    <>
      <div className={styles.toolbar}>
        <Field
          label={t('app.regressions.types', 'Profile types')}
          htmlFor={`${id}-types`}
          className={styles.wide}
          noMargin
        >
          <MultiCombobox
            id={`${id}-types`}
            options={types.sort((a, b) => a.rank - b.rank)}
            value={profileTypes}
            onChange={(chosen) => chosen.length > 0 && model.look({ profileTypes: chosen.map(({ value }) => value) })}
          />
        </Field>
        <Field
          label={t('app.regressions.service', 'Service')}
          htmlFor={`${id}-service`}
          className={styles.field}
          noMargin
        >
          <Combobox
            id={`${id}-service`}
            options={serviceNames.map((name) => ({ value: name, label: name }))}
            value={service ?? null}
            onChange={(option) => model.look({ service: option?.value || undefined })}
            placeholder={t('app.regressions.all-services', 'All services')}
            isClearable
          />
        </Field>
        <Field
          label={t('app.regressions.against', 'Compared with')}
          htmlFor={`${id}-baseline`}
          className={styles.field}
          noMargin
        >
          <Combobox
            id={`${id}-baseline`}
            options={baselineNames()}
            value={baseline}
            onChange={({ value }) => model.look({ baseline: value })}
          />
        </Field>
        <ThresholdFields model={model} />
      </div>
      <div className={styles.toolbar}>
        <Field label={t('app.regressions.list', 'List')} noMargin>
          <RadioButtonGroup
            options={[
              { value: 'costlier' as const, label: t('app.regressions.costlier', 'What costs more') },
              { value: 'all' as const, label: t('app.regressions.all', 'All changes') },
            ]}
            value={shown}
            onChange={(value) => model.look({ shown: value })}
          />
        </Field>
        <Field label={t('app.regressions.status-label', 'Status')} noMargin>
          <RadioButtonGroup<FindingStatus | typeof ANY>
            options={[
              { value: ANY, label: t('app.regressions.status.any', 'Any') },
              ...(['new', 'ongoing', 'gone'] as const).map((value) => ({ value, label: statusText(value) })),
            ]}
            value={status ?? ANY}
            onChange={(value) => model.look({ status: value === ANY ? undefined : value })}
          />
        </Field>
        <Field label={t('app.regressions.search', 'Search')} htmlFor={`${id}-search`} className={styles.field} noMargin>
          <FilterInput
            id={`${id}-search`}
            value={search}
            onChange={(value) => model.look({ search: value })}
            escapeRegex={false}
            placeholder={t('app.regressions.search-placeholder', 'Service or function')}
          />
        </Field>
        <div className={styles.check}>
          <Checkbox
            label={t('app.regressions.show-muted', 'Show muted')}
            value={muted}
            onChange={() => model.look({ muted: !muted })}
          />
        </div>
        <div className={styles.last}>
          <ExportMenu groups={groups} head={{ from: range.start, to: range.end, datasourceUid }} />
        </div>
      </div>
    </>
  );
}

const ANY = 'any';

function typeOption(id: string) {
  const { measure, title, rank } = describeProfileType(id);
  return { value: id, label: `${measure}: ${title}`, rank };
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-end' }),
  wide: css({ flex: '2 1 280px', maxWidth: 520, minWidth: 0 }),
  field: css({ flex: '1 1 180px', maxWidth: 300, minWidth: 0 }),
  check: css({ display: 'flex', alignItems: 'center', minHeight: theme.spacing(theme.components.height.md) }),
  last: css({ marginLeft: 'auto' }),
});

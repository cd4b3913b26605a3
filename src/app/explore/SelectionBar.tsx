import { css } from '@emotion/css';
import React, { useCallback, useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Alert, Button, Field, MultiCombobox, useStyles2 } from '@grafana/ui';

import { LabelFilters } from '../../datasource/editor/LabelFilters';
import { optionsFrom } from '../../datasource/editor/optionsFrom';
import { ProfileTypePicker } from '../../datasource/editor/ProfileTypePicker';
import { spanOf } from '../../datasource/resources/span';
import type { Answer } from '../../datasource/resources/useAnswer';
import type { Services } from '../resources/ServiceDirectory';
import { filtersOf, matchersOf } from '../selection/profileSelection';
import { ServicePicker } from '../selection/ServicePicker';
import { useLabelQuestions } from '../selection/useLabelQuestions';

import type { ProfileExploration } from './ProfileExploration';

interface Props {
  model: ProfileExploration;
  datasourceUid: string;
  directory: Answer<Services>;
}

/** What is looked at: service, type, filters, and the labels that split the series. */
export function SelectionBar({ model, datasourceUid, directory }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const selection = model.useState();
  const { service, profileTypeId, filters, groupBy } = selection;
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const found: Services = directory.value ?? { services: [], profileTypes: [] };
  const sent = found.services.find(({ name }) => name === service)?.profileTypes;
  const questions = useLabelQuestions({ datasourceUid, service, profileTypeId, span: spanOf(range) });
  const labels = useCallback((typed: string) => optionsFrom(questions.names(filters), typed), [questions, filters]);
  const { matchers, fault } = matchersOf(selection);

  return (
    <div className={styles.bar}>
      <Field label={t('app.explore.service', 'Service')} htmlFor={`${id}-service`} className={styles.picker} noMargin>
        <ServicePicker
          id={`${id}-service`}
          services={found.services}
          value={service}
          onChange={(name) => model.selectService(name, found)}
          loading={directory.loading}
        />
      </Field>
      <Field label={t('app.explore.type', 'Profile type')} htmlFor={`${id}-type`} className={styles.picker} noMargin>
        <ProfileTypePicker
          id={`${id}-type`}
          profileTypes={sent ?? found.profileTypes}
          value={profileTypeId ?? ''}
          onChange={(type) => model.select({ profileTypeId: type })}
          loading={directory.loading}
        />
      </Field>
      <Field
        label={t('app.explore.group-by', 'Group series by')}
        htmlFor={`${id}-by`}
        className={styles.groupBy}
        noMargin
      >
        <MultiCombobox
          id={`${id}-by`}
          options={labels}
          value={groupBy.map((label) => ({ value: label, label }))}
          onChange={(chosen) => model.select({ groupBy: chosen.map(({ value }) => value) })}
          placeholder={t('app.explore.no-label', 'No label')}
        />
      </Field>
      <Field
        label={t('app.explore.filters', 'Filters')}
        className={matchers.length > 0 || fault !== undefined ? styles.filters : undefined}
        noMargin
      >
        {fault === undefined ? (
          <LabelFilters
            matchers={matchers}
            questions={questions}
            onChange={(changed) => model.select({ filters: filtersOf(changed) })}
          />
        ) : (
          <Alert severity="error" title={t('app.explore.filters-fault', 'The filters cannot be read and are left out')}>
            <p>
              <code>{filters}</code> {fault}
            </p>
            <Button size="sm" variant="secondary" onClick={() => model.select({ filters: '' })}>
              {t('app.explore.clear-filters', 'Remove the filters')}
            </Button>
          </Alert>
        )}
      </Field>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-start' }),
  picker: css({ flex: '1 1 220px', maxWidth: 360, minWidth: 0 }),
  groupBy: css({ flex: '1 1 160px', maxWidth: 300, minWidth: 0 }),
  // Filters that are there get a line of their own.
  filters: css({ flex: '1 1 100%', minWidth: 0 }),
});

import { css } from '@emotion/css';
import React, { useCallback, useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Field, MultiCombobox, useStyles2 } from '@grafana/ui';

import { optionsFrom } from '../../datasource/editor/optionsFrom';
import { ProfileTypePicker } from '../../datasource/editor/ProfileTypePicker';
import { spanOf } from '../../datasource/resources/span';
import type { Answer } from '../../datasource/resources/useAnswer';
import type { Services } from '../resources/ServiceDirectory';
import { SelectionFilters } from '../selection/SelectionFilters';
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
  const { service, profileTypeId, filters, groupBy } = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const found: Services = directory.value ?? { services: [], profileTypes: [] };
  const sent = found.services.find(({ name }) => name === service)?.profileTypes;
  const questions = useLabelQuestions({ datasourceUid, service, profileTypeId, span: spanOf(range) });
  const labels = useCallback((typed: string) => optionsFrom(questions.names(filters), typed), [questions, filters]);

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
      <SelectionFilters
        filters={filters}
        questions={questions}
        onChange={(changed) => model.select({ filters: changed })}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'flex-start' }),
  picker: css({ flex: '1 1 220px', maxWidth: 360, minWidth: 0 }),
  groupBy: css({ flex: '1 1 160px', maxWidth: 300, minWidth: 0 }),
});

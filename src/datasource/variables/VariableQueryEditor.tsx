import React, { useId } from 'react';

import type { QueryEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Combobox, Field, RadioButtonGroup, Stack } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { optionsFrom } from '../editor/optionsFrom';
import { ProfileTypePicker } from '../editor/ProfileTypePicker';
import { SelectorField } from '../editor/SelectorField';
import { TypesFailure } from '../editor/TypesFailure';
import { EVERYTHING } from '../migrate';
import type { ProfilesDatasource } from '../ProfilesDatasource';
import type { ProfilesQuery } from '../query';
import { useCompletionSources } from '../resources/completionSources';
import { useScopeQuestions } from '../resources/useScopeQuestions';
import type { ProfilesOptions } from '../settings';
import { readVariableQuery, type VariableKind, type VariableQuery } from './variableQuery';

export type VariableEditorProps = QueryEditorProps<ProfilesDatasource, ProfilesQuery, ProfilesOptions, VariableQuery>;

/** What a variable lists, and by what it is narrowed. Grafana shows the values under it. */
export function VariableQueryEditor({ query: saved, onChange, datasource, range }: VariableEditorProps) {
  const id = useId();
  const query = readVariableQuery(saved) ?? { refId: saved?.refId ?? 'variable', type: 'profileType' };
  const { profileTypeId = '', labelSelector = '', labelName = '' } = query;
  const { span, types, questions } = useScopeQuestions(datasource, profileTypeId, range);
  const sources = useCompletionSources(datasource, { span, defaultType: profileTypeId });
  const change = (part: Partial<VariableQuery>) => onChange({ ...query, ...part });

  return (
    <Stack direction="column" gap={2} maxWidth="600px">
      <Field noMargin label={t('datasource.variable.kind', 'List')}>
        <RadioButtonGroup<VariableKind>
          value={query.type}
          onChange={(type) => change({ type })}
          options={[
            { value: 'profileType', label: t('datasource.variable.profile-types', 'Profile types') },
            { value: 'label', label: t('datasource.variable.label-names', 'Label names') },
            { value: 'labelValue', label: t('datasource.variable.label-values', 'Values of a label') },
          ]}
        />
      </Field>
      {query.type === 'labelValue' && (
        <Field noMargin label={t('datasource.variable.label', 'Label')} htmlFor={`${id}-label`}>
          <Combobox
            id={`${id}-label`}
            options={(typed: string) => optionsFrom(questions.names(labelSelector), typed)}
            value={labelName === '' ? null : labelName}
            onChange={(chosen) => change({ labelName: chosen.value.trim() })}
            createCustomValue
            placeholder={t('datasource.variable.label-placeholder', 'Choose a label')}
          />
        </Field>
      )}
      {query.type !== 'profileType' && (
        <Field
          noMargin
          label={t('datasource.variable.of-type', 'Of profiles of this type')}
          description={t('datasource.variable.of-type-description', 'None: of profiles of any type.')}
          htmlFor={`${id}-type`}
        >
          <ProfileTypePicker
            id={`${id}-type`}
            profileTypes={types.value ?? []}
            variables={datasource.variableNames()}
            value={profileTypeId}
            loading={types.loading}
            onChange={(chosen) => change({ profileTypeId: chosen })}
          />
        </Field>
      )}
      <Field
        noMargin
        label={t('datasource.variable.selector', 'Of profiles that match')}
        description={t(
          'datasource.variable.selector-description',
          'A selector. A variable in it makes this list follow that variable: {{example}}.',
          { example: '{service_name="$service"}', ...RAW }
        )}
      >
        <SelectorField
          value={labelSelector || EVERYTHING}
          sources={sources}
          onChange={(text) => change({ labelSelector: text })}
          onRun={(text) => change({ labelSelector: text })}
        />
      </Field>
      <TypesFailure types={types} />
    </Stack>
  );
}

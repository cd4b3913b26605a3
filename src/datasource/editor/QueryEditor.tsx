import React, { useEffect, useMemo } from 'react';

import { CoreApp, type QueryEditorProps } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { EditorRows } from '@grafana/plugin-ui';
import { Alert } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import { formatDraft } from '../../flameql/format';
import { isAlerting, queryTypeFor } from '../defaultQuery';
import { draftOfQuery, isText } from '../draft/draftOfQuery';
import { queryOfDraft, queryOfText, textOfQuery, writtenDraft } from '../draft/queryOfDraft';
import { readSavedQuery } from '../migrate';
import type { ProfilesDatasource } from '../ProfilesDatasource';
import type { ProfilesQuery, QueryType } from '../query';
import { useScopeQuestions } from '../resources/useScopeQuestions';
import type { ProfilesOptions } from '../settings';
import { BuilderForm } from './BuilderForm';
import { builderFault, editorModeOf } from './builderFault';
import { EditorHeader } from './EditorHeader';
import { Explanation, useExplain } from './Explanation';
import { QueryOptions } from './QueryOptions';
import { RegressionFields } from './RegressionFields';
import { TextForm } from './TextForm';
import { TypesFailure } from './TypesFailure';
import { chooseFirst, useFirstChoice } from './useFirstChoice';
import { useLabelNames } from './useLabelNames';

export type EditorProps = QueryEditorProps<ProfilesDatasource, ProfilesQuery, ProfilesOptions>;

/** A query as a form or as FlameQL; both say the same, and either turns into the other. */
export function QueryEditor({ query: saved, onChange, onRunQuery, datasource, range, app }: EditorProps) {
  const query = useMemo(() => readSavedQuery(saved), [saved]);
  const read = useMemo(() => draftOfQuery(query), [query]);
  const draft = read.ok ? read.draft : undefined;
  const mode = editorModeOf(query, read);
  const type = draft?.left.type ?? query.profileTypeId;
  const { span, types, questions } = useScopeQuestions(datasource, type, range);
  const labels = useLabelNames(questions, draft?.left.matchers);
  const explain = useExplain();

  const apply = (change: Partial<ProfilesQuery>) => {
    onChange({ ...query, ...change });
    onRunQuery();
  };
  const applyDraft = (changed: Draft, change: Partial<ProfilesQuery> = {}) => {
    const next = { ...query, ...change };
    apply({
      ...(mode === 'code'
        ? { ...next, flameql: formatDraft(writtenDraft(next, changed)) }
        : emptied(query, queryOfDraft(next, changed))),
      ...change,
    });
  };

  useAlertingType(query, app, onChange);
  useFirstChoice(
    !isAlerting(app) && query.profileTypeId === '' && !isText(query),
    () => chooseFirst(datasource.discovery, span, query),
    (choice) => apply({ queryType: queryTypeFor(query.queryType, app), ...choice })
  );

  const changeMode = (wanted: 'builder' | 'code') => {
    if (wanted === 'code') {
      onChange(queryOfText(query, textOfQuery(query)));
    } else if (draft && builderFault(read) === undefined) {
      onChange(queryOfDraft(query, draft));
    } else {
      // The wish is kept: the sentence that says why it cannot be granted yet stands in the editor.
      onChange({ ...query, editorMode: 'builder' });
    }
  };

  return (
    <EditorRows>
      <EditorHeader
        mode={mode}
        onChangeMode={changeMode}
        draft={draft}
        questionsIn={(part) => ({
          names: (selector) => datasource.labelNames({ profileTypeId: type, labelSelector: selector }, part),
          values: (label, selector) =>
            datasource.labelValues(label, { profileTypeId: type, labelSelector: selector }, part),
        })}
        span={span}
        onCompare={(changed) =>
          applyDraft(changed, { queryType: comparedType(changed, query, app), baseline: undefined })
        }
        explain={explain}
      />
      {mode === 'code' ? (
        <TextForm
          query={query}
          read={read}
          datasource={datasource}
          span={span}
          types={types}
          app={app}
          refusal={query.editorMode === 'builder' ? builderFault(read) : undefined}
          onChange={onChange}
          onApply={apply}
        />
      ) : (
        <BuilderForm
          query={query}
          read={read}
          datasource={datasource}
          span={span}
          types={types}
          questions={questions}
          onChange={onChange}
          onApply={apply}
          onDraft={applyDraft}
        />
      )}
      {draft && queryTypeFor(query.queryType, app) === 'regressions' && (
        <RegressionFields query={query} draft={draft} onApply={apply} onDraft={applyDraft} />
      )}
      {explain.shown && draft && <Explanation draft={writtenDraft(query, draft)} />}
      <TypesFailure types={types} />
      {types.value?.length === 0 && (
        <Alert
          severity="info"
          title={t('datasource.editor.no-profiles', 'No profiles in this time range')}
          bottomSpacing={0}
        >
          <Trans i18nKey="datasource.editor.no-profiles-cure">
            Choose a longer range, or check that agents send profiles to the server of this data source.
          </Trans>
        </Alert>
      )}
      <QueryOptions
        query={query}
        draft={draft}
        inText={mode === 'code'}
        app={app}
        labels={labels.value ?? []}
        onApply={apply}
        onDraft={applyDraft}
      />
    </EditorRows>
  );
}

/** A change that also takes away what the new query lacks. */
function emptied(before: ProfilesQuery, after: ProfilesQuery): Partial<ProfilesQuery> {
  const gone = Object.keys(before).filter((field) => !(field in after));
  return { ...Object.fromEntries(gone.map((field) => [field, undefined])), ...after };
}

/** A comparison is a diff where a flame graph alone was shown, and one number for an alert rule; and the other way round. */
function comparedType({ right }: Draft, query: ProfilesQuery, app: CoreApp | undefined): QueryType {
  const queryType = queryTypeFor(query.queryType, app);
  if (right) {
    return queryType === 'profile' || (isAlerting(app) && queryType === 'metrics') ? 'diff' : queryType;
  }
  return queryType === 'diff' || queryType === 'regressions' ? queryTypeFor('profile', app) : queryType;
}

/** A rule stores what the editor shows, so a new one must hold that it asks for numbers. */
function useAlertingType(query: ProfilesQuery, app: CoreApp | undefined, onChange: (query: ProfilesQuery) => void) {
  const needed = isAlerting(app) && queryTypeFor(query.queryType, app) !== query.queryType;
  useEffect(() => {
    if (needed) {
      onChange({ ...query, queryType: queryTypeFor(query.queryType, app) });
    }
  }, [needed, query, app, onChange]);
}

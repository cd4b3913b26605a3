import { css } from '@emotion/css';
import React, { useCallback, useEffect, useId, useMemo } from 'react';

import { CoreApp, type GrafanaTheme2, type QueryEditorProps } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { EditorField, EditorRow, EditorRows } from '@grafana/plugin-ui';
import { Alert, useStyles2 } from '@grafana/ui';

import { isAlerting, queryTypeFor } from '../defaultQuery';
import { readSavedQuery } from '../migrate';
import type { ProfilesDatasource } from '../ProfilesDatasource';
import type { ProfilesQuery } from '../query';
import { spanOf } from '../resources/span';
import { useAnswer } from '../resources/useAnswer';
import { readSelector, writeSelector } from '../selector/selector';
import type { ProfilesOptions } from '../settings';
import { LabelFilters } from './LabelFilters';
import type { LabelQuestions } from './labelQuestions';
import { ProfileTypePicker } from './ProfileTypePicker';
import { QueryOptions } from './QueryOptions';
import { SelectorField } from './SelectorField';
import { TypesFailure } from './TypesFailure';
import { chooseFirst, useFirstChoice } from './useFirstChoice';

export type EditorProps = QueryEditorProps<ProfilesDatasource, ProfilesQuery, ProfilesOptions>;

/** The query as a form. The text of the selector is the query; the filters under it are another way to write it. */
export function QueryEditor({ query: saved, onChange, onRunQuery, datasource, range, app }: EditorProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const query = useMemo(() => readSavedQuery(saved), [saved]);
  const { profileTypeId, labelSelector } = query;
  // Grafana hands over a new range object with every run; what was asked changes only with its times.
  const { start, end } = spanOf(range);
  const span = useMemo(() => ({ start, end }), [start, end]);

  const apply = (change: Partial<ProfilesQuery>) => {
    onChange({ ...query, ...change });
    onRunQuery();
  };

  const questions = useMemo<LabelQuestions>(
    () => ({
      names: (selector) => datasource.labelNames({ profileTypeId, labelSelector: selector }, span),
      values: (label, selector) => datasource.labelValues(label, { profileTypeId, labelSelector: selector }, span),
    }),
    [datasource, profileTypeId, span]
  );
  const types = useAnswer(useCallback(() => datasource.discovery.profileTypes(span), [datasource, span]));
  const labels = useAnswer(useCallback(() => questions.names(labelSelector), [questions, labelSelector]));

  useAlertingType(query, app, onChange);
  useFirstChoice(
    !isAlerting(app) && profileTypeId === '',
    () => chooseFirst(datasource.discovery, span, query),
    (choice) => apply({ queryType: queryTypeFor(query.queryType, app), ...choice })
  );

  const read = readSelector(labelSelector);
  return (
    <EditorRows>
      <EditorRow>
        <div className={styles.fields}>
          <div className={styles.type}>
            <EditorField label={t('datasource.editor.profile-type', 'Profile type')} htmlFor={`${id}-type`}>
              <ProfileTypePicker
                id={`${id}-type`}
                profileTypes={types.value ?? []}
                variables={datasource.variableNames()}
                value={profileTypeId}
                loading={types.loading}
                onChange={(chosen) => apply({ profileTypeId: chosen })}
              />
            </EditorField>
          </div>
          <div className={styles.selector}>
            <EditorField
              label={t('datasource.editor.selector', 'Selector')}
              tooltip={t(
                'datasource.editor.selector-tooltip',
                'Which profiles: conditions on their labels, joined by "and". Ctrl+Space lists what fits, Enter runs the query.'
              )}
              invalid={'fault' in read && read.fault !== ''}
              error={'fault' in read ? read.fault : undefined}
            >
              <SelectorField
                value={labelSelector}
                questions={questions}
                onChange={(text) => onChange({ ...query, labelSelector: text })}
                onRun={(text) => apply({ labelSelector: text })}
              />
            </EditorField>
          </div>
        </div>
        {'matchers' in read && (
          <LabelFilters
            matchers={read.matchers}
            questions={questions}
            onChange={(matchers) => apply({ labelSelector: writeSelector(matchers) })}
          />
        )}
      </EditorRow>
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
      <QueryOptions query={query} app={app} labels={labels.value ?? []} onApply={apply} />
    </EditorRows>
  );
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

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), width: '100%' }),
  type: css({ flex: '1 1 260px', maxWidth: 420, minWidth: 0 }),
  selector: css({ flex: '3 1 320px', minWidth: 0 }),
});

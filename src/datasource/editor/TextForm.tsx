import { css } from '@emotion/css';
import React, { useId, useMemo } from 'react';

import { CoreApp, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { Alert, useStyles2 } from '@grafana/ui';

import { diagnose } from '../../flameql/diagnostics';
import { parseDraft } from '../../flameql/parse';
import type { ReadDraft } from '../draft/draftOfQuery';
import type { ProfilesDatasource } from '../ProfilesDatasource';
import type { ProfilesQuery } from '../query';
import { useCompletionSources } from '../resources/completionSources';
import type { Span } from '../resources/span';
import type { Answer } from '../resources/useAnswer';
import { CodeField } from './CodeField';
import { FullRow } from './FullRow';
import { ProfileTypePicker } from './ProfileTypePicker';
import { rememberQuery } from './recentQueries';
import { TextTools } from './TextTools';

interface Props {
  query: ProfilesQuery;
  read: ReadDraft;
  datasource: ProfilesDatasource;
  span: Span;
  types: Answer<string[]>;
  app?: CoreApp;
  /** Why the query is not shown in the builder, if that was wished for. */
  refusal?: string;
  onChange: (query: ProfilesQuery) => void;
  onApply: (change: Partial<ProfilesQuery>) => void;
}

/** The query as FlameQL. What is typed is the query, whether it can be read or not. */
export function TextForm({ query, datasource, span, types, app, refusal, onChange, onApply }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { flameql = '', profileTypeId } = query;
  const sources = useCompletionSources(datasource, { span, defaultType: profileTypeId });
  const language = useMemo(() => ({ sources }), [sources]);
  const parsed = useMemo(() => parseDraft(flameql), [flameql]);
  const [fault] = useMemo(() => diagnose(flameql), [flameql]);
  const isError = fault?.severity === 'error';

  const change = (text: string) => onChange({ ...query, flameql: text, editorMode: 'code' });
  const run = (text: string) => {
    // The server would refuse a text with a fault, and what is wrong stands under the field already.
    if (!parseDraft(text).ok && text.trim() !== '') {
      change(text);
      return;
    }
    if (app !== CoreApp.Explore) {
      rememberQuery(text);
    }
    onApply({ flameql: text, editorMode: 'code' });
  };

  return (
    <FullRow>
      <div className={styles.form}>
        {refusal && <Alert severity="info" title={refusal} bottomSpacing={0} />}
        <EditorField
          label={t('datasource.text.label', 'Query')}
          tooltip={t(
            'datasource.text.tooltip',
            'FlameQL. Ctrl+Space lists what fits, Shift+Alt+F formats, Enter runs the query, Alt+Enter begins a line. A Pyroscope URL can be pasted.'
          )}
          invalid={isError}
        >
          <CodeField
            value={flameql}
            language={language}
            label={t('datasource.text.label', 'Query')}
            placeholder={EXAMPLE}
            onChange={change}
            onRun={run}
          />
        </EditorField>
        {fault && (
          <p className={isError ? styles.error : styles.warning} role={isError ? 'alert' : 'status'}>
            {fault.message}
          </p>
        )}
        <TextTools text={flameql} parsed={parsed} hasHistory={app !== CoreApp.Explore} onApply={run} />
        {parsed.ok && parsed.query.left.type === undefined && flameql.trim() !== '' && (
          <div className={styles.type}>
            <EditorField
              label={t('datasource.text.type', 'Profile type, as the query names none')}
              htmlFor={`${id}-type`}
            >
              <ProfileTypePicker
                id={`${id}-type`}
                profileTypes={types.value ?? []}
                variables={datasource.variableNames()}
                value={profileTypeId}
                loading={types.loading}
                onChange={(chosen) => onApply({ profileTypeId: chosen })}
              />
            </EditorField>
          </div>
        )}
      </div>
    </FullRow>
  );
}

/** Reads the same in every language. */
const EXAMPLE = 'cpu{service_name="checkout"} vs offset 1h';

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), width: '100%', minWidth: 0 }),
  type: css({ maxWidth: 420 }),
  error: css({ margin: 0, color: theme.colors.error.text, overflowWrap: 'anywhere' }),
  warning: css({ margin: 0, color: theme.colors.warning.text, overflowWrap: 'anywhere' }),
});

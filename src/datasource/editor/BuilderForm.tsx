import { css } from '@emotion/css';
import React, { useId, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { useStyles2 } from '@grafana/ui';

import type { Draft, DraftOperand } from '../../flameql/draft';
import { isAgainstPreviousVersion } from '../compare/regressionBaseline';
import type { ReadDraft } from '../draft/draftOfQuery';
import type { ProfilesDatasource } from '../ProfilesDatasource';
import type { ProfilesQuery } from '../query';
import { useCompletionSources } from '../resources/completionSources';
import type { Span } from '../resources/span';
import type { Answer } from '../resources/useAnswer';
import { BaselineRow } from './BaselineRow';
import { FullRow } from './FullRow';
import { LabelFilters } from './LabelFilters';
import type { LabelQuestions } from './labelQuestions';
import { ProfileTypePicker } from './ProfileTypePicker';
import { SelectorField } from './SelectorField';
import { TimeField } from './TimeField';

interface Props {
  query: ProfilesQuery;
  read: ReadDraft;
  datasource: ProfilesDatasource;
  span: Span;
  types: Answer<string[]>;
  questions: LabelQuestions;
  onChange: (query: ProfilesQuery) => void;
  onApply: (change: Partial<ProfilesQuery>) => void;
  onDraft: (draft: Draft) => void;
}

/** The operands as fields. A selector that cannot be read stays a text, to be mended. */
export function BuilderForm(props: Props) {
  const { query, read, datasource, types, questions, onApply, onDraft } = props;
  const styles = useStyles2(getStyles);
  const id = useId();
  // While a selector is being mended its text may be readable for a moment; the field stays until it is run.
  const [mending, setMending] = useState(false);
  const draft = read.ok && !mending ? read.draft : undefined;
  const changeLeft = (change: DraftOperand) => draft && onDraft({ ...draft, left: withoutNothing(draft.left, change) });
  return (
    <>
      <FullRow>
        <div className={styles.fields}>
          <div className={styles.type}>
            <EditorField label={t('datasource.editor.profile-type', 'Profile type')} htmlFor={`${id}-type`}>
              <ProfileTypePicker
                id={`${id}-type`}
                profileTypes={types.value ?? []}
                variables={datasource.variableNames()}
                value={draft ? (draft.left.type ?? '') : query.profileTypeId}
                loading={types.loading}
                onChange={(type) => (draft ? changeLeft({ type }) : onApply({ profileTypeId: type }))}
              />
            </EditorField>
          </div>
          {draft ? (
            <>
              <div className={styles.selector}>
                <EditorField label={t('datasource.editor.filters', 'Profiles where')}>
                  <LabelFilters
                    matchers={draft.left.matchers ?? []}
                    questions={questions}
                    onChange={(matchers) => changeLeft({ matchers })}
                  />
                </EditorField>
              </div>
              {draft.left.time && <TimeField time={draft.left.time} onChange={(time) => changeLeft({ time })} />}
            </>
          ) : (
            <BrokenSelector
              {...props}
              fault={read.ok ? '' : read.fault}
              onChange={(changed) => {
                setMending(true);
                props.onChange(changed);
              }}
              onApply={(change) => {
                setMending(false);
                onApply(change);
              }}
            />
          )}
        </div>
      </FullRow>
      {draft?.right && !isAgainstPreviousVersion(query) && (
        <BaselineRow draft={draft} right={draft.right} questions={questions} onDraft={onDraft} />
      )}
    </>
  );
}

/** Without the parts that say nothing. */
export function withoutNothing(operand: DraftOperand, change: DraftOperand): DraftOperand {
  const { type, matchers = [], time } = { ...operand, ...change };
  return { ...(type && { type }), ...(matchers.length > 0 && { matchers }), ...(time && { time }) };
}

function BrokenSelector({ query, datasource, span, fault, onChange, onApply }: Props & { fault: string }) {
  const styles = useStyles2(getStyles);
  const { profileTypeId, labelSelector } = query;
  const sources = useCompletionSources(datasource, { span, defaultType: profileTypeId });
  return (
    <div className={styles.selector}>
      <EditorField
        label={t('datasource.editor.selector', 'Selector')}
        tooltip={t(
          'datasource.editor.selector-tooltip',
          'Which profiles: conditions on their labels, joined by "and". Ctrl+Space lists what fits, Enter runs the query.'
        )}
        invalid={fault !== ''}
        error={fault}
      >
        <SelectorField
          value={labelSelector}
          sources={sources}
          onChange={(text) => onChange({ ...query, labelSelector: text })}
          onRun={(text) => onApply({ labelSelector: text })}
        />
      </EditorField>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), width: '100%' }),
  type: css({ flex: '1 1 260px', maxWidth: 420, minWidth: 0 }),
  selector: css({ flex: '3 1 320px', minWidth: 0 }),
});

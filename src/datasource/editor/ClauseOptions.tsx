import React, { useId } from 'react';

import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { MultiCombobox } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import { MAX_LIMIT, MAX_NODES } from '../../flameql/syntax/limits';
import { regexFault } from '../../flameql/syntax/regexFault';
import { hasVariable } from '../../flameql/syntax/words';
import { RAW } from '../../flamegraph/raw';
import { splitIds } from '../migrate';
import { CheckedInput } from './CheckedInput';
import { CommittedInput } from './CommittedInput';

interface Props {
  draft: Draft;
  labels: string[];
  onDraft: (draft: Draft) => void;
}

/** The clauses of a query as fields. */
export function ClauseOptions({ draft, labels, onDraft }: Props) {
  const id = useId();
  const change = (part: Partial<Draft>) => onDraft(withoutNothing({ ...draft, ...part }));
  const { by = [], limit = '', nodes = '' } = draft;
  return (
    <>
      <EditorField
        label={t('datasource.options.group-by.label', 'Group by')}
        htmlFor={`${id}-group-by`}
        tooltip={t(
          'datasource.options.group-by.tooltip',
          'One series for each value of these labels. Does not change a flame graph.'
        )}
      >
        <MultiCombobox
          id={`${id}-group-by`}
          width="auto"
          minWidth={20}
          maxWidth={60}
          options={labels.map((label) => ({ value: label }))}
          value={by.map((label) => ({ value: label, label }))}
          onChange={(chosen) => change({ by: chosen.map((label) => label.value) })}
          createCustomValue
          placeholder={t('datasource.options.group-by.placeholder', 'No label')}
        />
      </EditorField>
      {patterns().map(({ clause, label, tooltip }) => (
        <EditorField key={clause} label={label} tooltip={tooltip} htmlFor={`${id}-${clause}`}>
          <CheckedInput
            id={`${id}-${clause}`}
            width={24}
            value={draft[clause] ?? ''}
            check={readPattern}
            fault={t(
              'datasource.options.pattern-fault',
              'Write a regular expression (RE2), such as json or ^main\\.run$.'
            )}
            onCommit={(pattern) => change({ [clause]: pattern })}
          />
        </EditorField>
      ))}
      <EditorField
        label={t('datasource.options.limit.label', 'Max series')}
        htmlFor={`${id}-limit`}
        tooltip={t('datasource.options.limit.tooltip', 'The most series or functions that are shown.')}
      >
        <CheckedInput
          id={`${id}-limit`}
          width={12}
          value={limit}
          placeholder={t('datasource.options.limit.placeholder', '20')}
          check={(text) => readCount(text, MAX_LIMIT)}
          fault={countFault(MAX_LIMIT)}
          onCommit={(text) => change({ limit: text })}
        />
      </EditorField>
      <EditorField
        label={t('datasource.options.max-nodes.label', 'Max nodes')}
        htmlFor={`${id}-max-nodes`}
        tooltip={t(
          'datasource.options.max-nodes.tooltip',
          'The most nodes of the flame graph. The smallest are cut off and shown as "other".'
        )}
      >
        <CheckedInput
          id={`${id}-max-nodes`}
          width={16}
          value={nodes}
          placeholder={t('datasource.options.max-nodes.placeholder', 'Default')}
          check={(text) => readCount(text, MAX_NODES)}
          fault={countFault(MAX_NODES)}
          onCommit={(text) => change({ nodes: text })}
        />
      </EditorField>
      {ids().map(({ clause, label, tooltip, example }) => (
        <EditorField key={clause} label={label} tooltip={tooltip} htmlFor={`${id}-${clause}`}>
          <CommittedInput
            id={`${id}-${clause}`}
            width={30}
            value={(draft[clause] ?? []).join(', ')}
            placeholder={example}
            onCommit={(text) => change({ [clause]: splitIds(text.trim()).filter((one) => one !== '') })}
          />
        </EditorField>
      ))}
    </>
  );
}

/** A draft has no clause that says nothing. */
function withoutNothing(draft: Draft): Draft {
  const said = Object.entries(draft).filter(
    ([, part]) => part !== undefined && part !== '' && !(Array.isArray(part) && part.length === 0)
  );
  return Object.fromEntries(said) as unknown as Draft;
}

function patterns() {
  return [
    {
      clause: 'function' as const,
      label: t('datasource.options.function.label', 'Function'),
      tooltip: t(
        'datasource.options.function.tooltip',
        'Only call paths through functions that match, and a series of each. A regular expression, not anchored.'
      ),
    },
    {
      clause: 'focus' as const,
      label: t('datasource.options.focus.label', 'Focus'),
      tooltip: t('datasource.options.focus.tooltip', 'Only stacks with a function that matches.'),
    },
    {
      clause: 'hide' as const,
      label: t('datasource.options.hide.label', 'Hide'),
      tooltip: t('datasource.options.hide.tooltip', 'Leaves out functions that match; their callers stay.'),
    },
  ];
}

function ids() {
  return [
    {
      clause: 'span' as const,
      label: t('datasource.options.spans.label', 'Span IDs'),
      tooltip: t(
        'datasource.options.spans.tooltip',
        'Only what ran inside these spans: 16 hex digits each, parted by commas.'
      ),
      example: '64f170a95f537095',
    },
    {
      clause: 'trace' as const,
      label: t('datasource.options.traces.label', 'Trace IDs'),
      tooltip: t('datasource.options.traces.tooltip', 'Only what ran inside these traces: 32 hex digits each.'),
      example: '4bf92f3577b34da6a3ce929d0e0e4736',
    },
    {
      clause: 'profile' as const,
      label: t('datasource.options.profiles.label', 'Profile IDs'),
      tooltip: t('datasource.options.profiles.tooltip', 'Only these profiles, as exemplars name them.'),
      example: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ];
}

function readPattern(text: string): string | undefined {
  return hasVariable(text) || regexFault(text) === undefined ? text : undefined;
}

/** Empty takes the limit away; a variable stands for a number. */
function readCount(text: string, most: number): string | undefined {
  if (text === '' || (hasVariable(text) && !/\s/.test(text))) {
    return text;
  }
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= most ? String(count) : undefined;
}

function countFault(most: number) {
  return t('datasource.options.count-fault', 'Write a whole number from 1 to {{most}}.', { most, ...RAW });
}

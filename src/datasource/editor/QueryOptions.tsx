import React, { useId } from 'react';

import { CoreApp } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField, QueryOptionGroup } from '@grafana/plugin-ui';
import { MultiCombobox, RadioButtonGroup } from '@grafana/ui';

import { isAlerting, queryTypeFor } from '../defaultQuery';
import { splitIds } from '../migrate';
import { type ProfilesQuery, QUERY_TYPES, type QueryType } from '../query';
import { CommittedInput } from './CommittedInput';

interface Props {
  query: ProfilesQuery;
  app?: CoreApp;
  /** Labels that the profiles have, to group by. */
  labels: string[];
  /** Stores a change and runs the query. */
  onApply: (change: Partial<ProfilesQuery>) => void;
}

/** Reads the same in every language. */
const EXAMPLE_SPAN = '64f170a95f537095';

/** What most queries leave alone, in one folded row whose head says what is set. */
export function QueryOptions({ query, app, labels, onApply }: Props) {
  const id = useId();
  const queryType = queryTypeFor(query.queryType, app);
  return (
    <QueryOptionGroup title={t('datasource.options.title', 'Options')} collapsedInfo={summaryOf(query, queryType)}>
      <EditorField
        label={t('datasource.options.query-type.label', 'Show')}
        tooltip={t(
          'datasource.options.query-type.tooltip',
          'A flame graph shows where the whole range was spent, a series how much was spent over time.'
        )}
        error={t('datasource.options.query-type.unknown', 'This data source does not know the saved query type.')}
        invalid={!QUERY_TYPES.includes(queryType)}
      >
        <RadioButtonGroup<QueryType>
          options={queryTypesOf(app).map((value) => ({ value, label: nameOf(value) }))}
          value={queryType}
          onChange={(changed) => onApply({ queryType: changed })}
        />
      </EditorField>
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
          value={query.groupBy.map((label) => ({ value: label, label }))}
          onChange={(chosen) => onApply({ groupBy: chosen.map((label) => label.value) })}
          createCustomValue
          placeholder={t('datasource.options.group-by.placeholder', 'No label')}
        />
      </EditorField>
      <EditorField
        label={t('datasource.options.limit.label', 'Most series')}
        htmlFor={`${id}-limit`}
        tooltip={t('datasource.options.limit.tooltip', 'The most series that are shown when they are grouped.')}
      >
        <CommittedInput
          id={`${id}-limit`}
          type="number"
          width={12}
          value={query.limit === undefined ? '' : String(query.limit)}
          placeholder={t('datasource.options.limit.placeholder', '20')}
          onCommit={(text) => onApply({ limit: countOf(text) })}
        />
      </EditorField>
      <EditorField
        label={t('datasource.options.max-nodes.label', 'Most nodes')}
        htmlFor={`${id}-max-nodes`}
        tooltip={t(
          'datasource.options.max-nodes.tooltip',
          'The most nodes of the flame graph. The smallest are cut off and shown as "other".'
        )}
      >
        <CommittedInput
          id={`${id}-max-nodes`}
          type="number"
          width={16}
          value={query.maxNodes === undefined ? '' : String(query.maxNodes)}
          placeholder={t('datasource.options.max-nodes.placeholder', 'Default')}
          onCommit={(text) => onApply({ maxNodes: countOf(text) })}
        />
      </EditorField>
      <EditorField
        label={t('datasource.options.spans.label', 'Span IDs')}
        htmlFor={`${id}-spans`}
        tooltip={t(
          'datasource.options.spans.tooltip',
          'Only what ran inside these spans: 16 hex digits each, parted by commas.'
        )}
      >
        <CommittedInput
          id={`${id}-spans`}
          width={30}
          value={(query.spanSelector ?? []).join(', ')}
          placeholder={EXAMPLE_SPAN}
          onCommit={(text) => onApply({ spanSelector: splitIds(text.trim()).filter((span) => span !== '') })}
        />
      </EditorField>
    </QueryOptionGroup>
  );
}

/** Explore shows both at once; alert rules can only use numbers. */
function queryTypesOf(app?: CoreApp): QueryType[] {
  if (isAlerting(app)) {
    return ['metrics'];
  }
  return QUERY_TYPES.filter((queryType) => queryType !== 'both' || app === CoreApp.Explore);
}

function nameOf(queryType: QueryType): string {
  const names: Record<QueryType, () => string> = {
    profile: () => t('datasource.query-type.profile', 'Flame graph'),
    metrics: () => t('datasource.query-type.metrics', 'Series'),
    both: () => t('datasource.query-type.both', 'Both'),
  };
  return names[queryType]?.() ?? queryType;
}

function summaryOf(query: ProfilesQuery, queryType: QueryType): string[] {
  const labels = query.groupBy.join(', ');
  const spans = (query.spanSelector ?? []).join(', ');
  return [
    nameOf(queryType),
    labels !== '' && t('datasource.options.summary.group-by', 'Grouped by {{labels}}', { labels }),
    query.limit !== undefined && t('datasource.options.summary.limit', '{{limit}} series', { limit: query.limit }),
    query.maxNodes !== undefined &&
      t('datasource.options.summary.max-nodes', '{{nodes}} nodes', { nodes: query.maxNodes }),
    spans !== '' && t('datasource.options.summary.spans', 'Spans {{spans}}', { spans }),
  ].filter((part) => part !== false);
}

function countOf(text: string): number | undefined {
  const count = Math.trunc(Number(text));
  return count > 0 ? count : undefined;
}

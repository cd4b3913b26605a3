import { t } from '@grafana/i18n';

import { RAW } from '../../flamegraph/raw';
import type { Draft } from '../../flameql/draft';
import type { ProfilesQuery, QueryType } from '../query';

/** Names of what a query can show; a type that nobody knows keeps its own. */
export function nameOfQueryType(queryType: QueryType): string {
  const names: Record<QueryType, () => string> = {
    profile: () => t('datasource.query-type.profile', 'Flame graph'),
    diff: () => t('datasource.query-type.diff', 'Diff'),
    metrics: () => t('datasource.query-type.metrics', 'Series'),
    functions: () => t('datasource.query-type.functions', 'Functions'),
    regressions: () => t('datasource.query-type.regressions', 'Regressions'),
    silent: () => t('datasource.query-type.silent', 'Silent services'),
    both: () => t('datasource.query-type.both', 'Both'),
  };
  return names[queryType]?.() ?? queryType;
}

/** What is set, in a few words each. */
export function optionsSummary(query: ProfilesQuery, queryType: QueryType, draft?: Draft): string[] {
  const { by = [], limit, nodes, span = [], trace = [], profile = [], function: through, focus, hide } = draft ?? {};
  const ids = [...span, ...trace, ...profile];
  return [
    nameOfQueryType(queryType),
    by.length > 0 &&
      t('datasource.options.summary.group-by', 'Grouped by {{labels}}', { labels: by.join(', '), ...RAW }),
    through && t('datasource.options.summary.function', 'Function {{pattern}}', { pattern: through, ...RAW }),
    focus && t('datasource.options.summary.focus', 'Focus {{pattern}}', { pattern: focus, ...RAW }),
    hide && t('datasource.options.summary.hide', 'Without {{pattern}}', { pattern: hide, ...RAW }),
    limit !== undefined && t('datasource.options.summary.limit', '{{limit}} series', { limit, ...RAW }),
    nodes !== undefined && t('datasource.options.summary.max-nodes', '{{nodes}} nodes', { nodes, ...RAW }),
    ids.length > 0 && t('datasource.options.summary.ids', 'Only of {{ids}}', { ids: ids.join(', '), ...RAW }),
    query.levels === 'average' && t('datasource.options.summary.average', 'Average of levels'),
    query.includeHeatmap && t('datasource.options.summary.heatmap', 'Heatmap'),
    query.includeExemplars && t('datasource.options.summary.exemplars', 'Exemplars'),
    query.annotations && t('datasource.options.summary.annotations', 'Marks of the server'),
    query.fillGaps && t('datasource.options.summary.fill-gaps', 'Gaps shown'),
  ].filter((part) => typeof part === 'string' && part !== '') as string[];
}

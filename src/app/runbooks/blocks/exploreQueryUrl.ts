import type { DataSourceInstanceSettings } from '@grafana/data';

import type { Span } from '../../../datasource/resources/span';

/** Kinds of signals beside profiles that a runbook leads to. */
export type Signal = 'traces' | 'logs';

/** Attribute or label of the service, as Tempo and Loki get it from OpenTelemetry and Alloy. */
const DEFAULT_QUERY: Record<string, string> = {
  tempo: '{ resource.service.name = "{{service}}" }',
  loki: '{service_name="{{service}}"}',
};

/** The query that is asked of a kind of data source when the block names none; undefined opens it without one. */
export function defaultQueryOf(type: string): string | undefined {
  return DEFAULT_QUERY[type];
}

/**
 * Path and query of Grafana's Explore on a data source of another type, in absolute times. What a query looks like is
 * each data source's own; those of other types open without one.
 */
export function exploreQueryUrl(
  { uid, type }: Pick<DataSourceInstanceSettings, 'uid' | 'type'>,
  query: string | undefined,
  { start, end }: Span
): string {
  const asked = {
    refId: 'A',
    datasource: { type, uid },
    ...(query !== undefined && type === 'tempo' && { queryType: 'traceql', query }),
    ...(query !== undefined && type === 'loki' && { expr: query, queryType: 'range' }),
    ...(query !== undefined && !['tempo', 'loki'].includes(type) && { query }),
  };
  const pane = { datasource: uid, queries: [asked], range: { from: String(start), to: String(end) } };
  return `/explore?${new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ left: pane }) })}`;
}

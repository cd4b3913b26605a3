import type { DataQuery } from '@grafana/schema';

/** What a query asks for: a flame graph, series over time, or both (Explore only; `profile` elsewhere). */
export const QUERY_TYPES = ['profile', 'metrics', 'both'] as const;

export type QueryType = (typeof QUERY_TYPES)[number];

/** Core Grafana's Pyroscope query model, field by field, so that its saved queries and links work here. */
export interface ProfilesQuery extends DataQuery {
  /** Prometheus-style selector with braces; '{}' selects everything. */
  labelSelector: string;
  /** Five parts joined by ':', e.g. process_cpu:cpu:nanoseconds:cpu:nanoseconds. Empty while none is chosen. */
  profileTypeId: string;
  /** A saved query may hold another word; the backend answers that with an error that names it. */
  queryType?: QueryType;
  /** Labels that split the series. */
  groupBy: string[];
  /** Ids of spans, 16 hex digits each. */
  spanSelector?: string[];
  /** Ids of single profiles, as exemplars carry them. */
  profileIdSelector?: string[];
  /** Ids of traces, 32 hex digits each. */
  traceIdSelector?: string[];
  /** Most nodes of a flame graph; absent means the datasource's limit. */
  maxNodes?: number;
  /** Most series of a grouped query; absent means the datasource's limit. */
  limit?: number;
  /** Points on the series that lead to single profiles, where the server keeps them. */
  includeExemplars?: boolean;
  /** Marks of the server on the series, e.g. where it was sampled down. */
  annotations?: boolean;
}

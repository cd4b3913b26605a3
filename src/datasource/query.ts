import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/** What a query asks for; `both` becomes `profile` outside Explore. */
export type QueryType = 'profile' | 'metrics' | 'both';

/** Core Grafana's Pyroscope query model, field by field, so that its saved queries and links work here. */
export interface ProfilesQuery extends DataQuery {
  /** Prometheus-style selector with braces; '{}' selects everything. */
  labelSelector: string;
  /** Five parts joined by ':', e.g. process_cpu:cpu:nanoseconds:cpu:nanoseconds. */
  profileTypeId: string;
  queryType?: QueryType;
  groupBy: string[];
  /** Ids of spans, 16 hex digits each. */
  spanSelector?: string[];
  /** Most nodes of a flame graph; absent means the server's 8192. */
  maxNodes?: number;
  /** Most series of a grouped query. */
  limit?: number;
}

export interface ProfilesOptions extends DataSourceJsonData {
  /** Shortest step of a series, a duration such as 15s. */
  minStep?: string;
}

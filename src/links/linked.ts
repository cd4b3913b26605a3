/** A time range as Grafana's URLs carry it: 'now-1h', or milliseconds since the epoch. */
export interface LinkedRange {
  from: string | number;
  to: string | number;
}

/** What a link says of a query; the datasource fills in the rest. Field names are those of the saved query. */
export interface LinkedQuery {
  refId?: string;
  profileTypeId: string;
  labelSelector: string;
  queryType?: 'profile' | 'metrics' | 'both';
  groupBy?: string[];
  spanSelector?: string[];
  maxNodes?: number;
  limit?: number;
}

export const DATASOURCE_TYPE = 'flamewatch-profiles-datasource';
export const PANEL_TYPE = 'flamewatch-flamegraph-panel';
export const APP_PATH = '/a/flamewatch-profiles-app';

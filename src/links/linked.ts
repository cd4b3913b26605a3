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
  queryType?: 'profile' | 'metrics' | 'both' | 'diff' | 'functions' | 'regressions' | 'silent';
  groupBy?: string[];
  spanSelector?: string[];
  traceIdSelector?: string[];
  /** Name of the span that spanSelector chooses, and of the one below it that was meant and has no profile of its own. */
  spanName?: string;
  ancestorOf?: string;
  maxNodes?: number;
  limit?: number;
  baseline?: LinkedBaseline;
  /** A Normalisation, or a dashboard variable that holds one. */
  normalise?: string;
  /** The query as text; it wins over the fields. */
  flameql?: string;
  /** Regular expressions of functions, not anchored: a series each; only such stacks. */
  function?: string;
  focus?: string;
  /** Shares of the whole in place of costs. */
  asShare?: boolean;
  /** What an alert rule sees of a comparison; absent means ratio. */
  number?: string;
}

/** What a diff holds the query against; what is absent is as in the query. */
export interface LinkedBaseline {
  profileTypeId?: string;
  labelSelector?: string;
  /** How far the query's range is moved back, e.g. '1h'. */
  offset?: string;
  /** In place of the offset: milliseconds since the epoch. */
  from?: number;
  to?: number;
}

/** How the sides of a diff are made comparable. */
export type Normalisation = 'share' | 'instance' | 'rate' | 'none';

export const DATASOURCE_TYPE = 'flamewatch-profiles-datasource';
export const PANEL_TYPE = 'flamewatch-flamegraph-panel';
export const APP_PATH = '/a/flamewatch-profiles-app';

import type { DataQuery } from '@grafana/schema';

/**
 * What a query asks for: a flame graph, series over time, both (Explore only; `profile` elsewhere), a flame graph of the
 * change against a baseline, a table of functions, the functions that cost more than in the baseline beyond doubt, or the
 * services of the last day that send no profiles any more.
 */
export const QUERY_TYPES = ['profile', 'diff', 'metrics', 'functions', 'regressions', 'silent', 'both'] as const;

export type QueryType = (typeof QUERY_TYPES)[number];

/** Which form of the editor a query was written in. */
export type EditorMode = 'builder' | 'code';

/** How profiles of a state (memory in use, goroutines) become one flame graph. */
export type Levels = 'latest' | 'average';

/** What a heatmap counts by time and value. */
export type HeatmapType = 'individual' | 'span';

/** Core Grafana's Pyroscope query model, field by field, so that its saved queries and links work here, and ours. */
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
  /** Name of the span that spanSelector chooses, and of the one below it that was meant and has no profile of its own. */
  spanName?: string;
  ancestorOf?: string;
  /** Ids of single profiles, as exemplars carry them. */
  profileIdSelector?: string[];
  /** Ids of traces, 32 hex digits each. */
  traceIdSelector?: string[];
  /** A call path, outermost function first: only stacks that begin with it count. */
  callSite?: string[];
  /** Set on the way to the backend and never saved: large flame graphs may be sent packed. */
  packed?: boolean;
  /** As packed: how long the spans took that are looked at, in ms; see spans/wallOf.ts. */
  wallMs?: number;
  /** Most nodes of a flame graph; absent means the datasource's limit. */
  maxNodes?: number;
  /** Names the lines of a series: {{label}} is replaced by the label's value. */
  legendFormat?: string;
  /** Most series of a grouped query; absent means the datasource's limit. */
  limit?: number;
  /** Points on the series that lead to single profiles, where the server keeps them. */
  includeExemplars?: boolean;
  /** Marks of the server on the series, e.g. where it was sampled down. */
  annotations?: boolean;
  /** A heatmap in place of the series. */
  includeHeatmap?: boolean;
  /** Absent means individual. */
  heatmapType?: HeatmapType;

  /** The query as FlameQL. It wins over the fields; where it names no type, profileTypeId holds. */
  flameql?: string;
  /** Absent means the form that the query was saved in. */
  editorMode?: EditorMode;
  /** What the query is held against. */
  baseline?: Baseline;
  /** share, instance, rate or none: how the sides of a comparison are made comparable. */
  normalise?: string;
  /** Regular expressions, not anchored: a series for each function that matches, and only its call paths. */
  function?: string;
  /** Only stacks with such a function. */
  focus?: string;
  /** Without such functions. Grafana's own field `hide` switches a query off. */
  hideFrames?: string;
  /** What a series per function shows; absent means total. */
  functionValue?: 'total' | 'self';
  /** Shares of the whole in place of costs. */
  asShare?: boolean;
  /** What an alert rule sees of a comparison; absent means ratio. The numbers behind the first two are of regressions. */
  number?: 'ratio' | 'change' | RegressionNumber;
  /** Absent means latest. */
  levels?: Levels;
  /** Nothing but deploys, as annotations of a dashboard. */
  deploys?: boolean;
  /** Nothing but regressions, as annotations of a dashboard. */
  findings?: boolean;
  /** A null where no profile arrived, so that a line breaks. */
  fillGaps?: boolean;
  /** A regression is told when the function's share grew by this factor (absent: 1.2) … */
  leastRatio?: number;
  /** … and by this much of the profile, from 0 to 1 (absent: 0.002). */
  leastShare?: number;
  /** The first minutes of an instance, which regressions leave out: caches and compilers warm up. Absent means 10m. */
  warmUp?: string;
}

/** What else an alert rule can say of a regression: shares, what it costs, since when, on which instances, which windows. */
export type RegressionNumber =
  'baseline' | 'comparison' | 'cost' | 'since' | 'podsGrown' | 'pods' | 'from' | 'to' | 'baselineFrom' | 'baselineTo';

/** The side that a query is held against; what is absent is as in the query. */
export interface Baseline {
  profileTypeId?: string;
  /** Replaces the query's selector whole. */
  labelSelector?: string;
  /** How far the query's range is moved back, e.g. 1h. */
  offset?: string;
  /** In place of the offset: milliseconds since the epoch. */
  from?: number;
  to?: number;
  /** Regressions only: the version that ran before the one that runs now, as the profiles' own label tells them. */
  previousVersion?: boolean;
}

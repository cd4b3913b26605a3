import { EMPTY, expand, map, type Observable, takeLast, toArray } from 'rxjs';

import { PROFILE_ID_TAG, type ProfiledSpan, type TagRule } from '../../links/spanProfile';

/** A span of the list, with what a trace view shows of it. */
export interface FoundSpan extends ProfiledSpan {
  spanId: string;
  name: string;
}

export interface SpanQuestion {
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  /** Any service if absent or empty. */
  service?: string;
  rules: readonly TagRule[];
}

/** Asks Tempo's search, GET /api/search, with these parameters. */
export type AskTempo = (params: Record<string, string | number>) => Observable<TempoAnswer>;

/** The part of Tempo's answer that is read; numbers of 64 bits are texts. */
export interface TempoAnswer {
  traces?: Array<{
    traceID: string;
    rootServiceName?: string;
    spanSets?: Array<{ spans?: TempoSpan[] }>;
    spanSet?: { spans?: TempoSpan[] };
  }>;
}

interface TempoSpan {
  spanID: string;
  name?: string;
  startTimeUnixNano: string;
  durationNanos: string;
  attributes?: Array<{ key: string; value?: Record<string, unknown> }>;
}

/** Traces that one search returns, and spans of each. */
export const MOST_TRACES = 100;
const MOST_SPANS = 20;

/**
 * Tempo returns any that it finds; each further search asks for the slower quarter of what was found, so that the slowest
 * of four million are reached.
 */
const MOST_SEARCHES = 8;

/**
 * The slowest spans that carry profiles, slowest first. Tempo does not sort: as long as it finds more than it returns, it
 * is asked again for those that take longer. What the last search but one found fills the list up.
 */
export function slowestProfiledSpans(ask: AskTempo, question: SpanQuestion): Observable<FoundSpan[]> {
  const search = (longerThanMs: number) => ask(searchParams(question, longerThanMs)).pipe(map(readAnswer));
  return search(0).pipe(
    expand((found, searches) =>
      found.isCut && searches + 1 < MOST_SEARCHES ? search(slowerQuarter(found.spans)) : EMPTY
    ),
    takeLast(2),
    toArray(),
    map((searches) => slowestFirst(searches.flatMap(({ spans }) => spans)))
  );
}

function slowestFirst(spans: readonly FoundSpan[]): FoundSpan[] {
  const once = new Map(spans.map((span) => [span.traceId + span.spanId, span]));
  return [...once.values()].sort((a, b) => b.durationMs - a.durationMs);
}

export function searchParams({ start, end, service, rules }: SpanQuestion, longerThanMs = 0) {
  return {
    q: traceQlOfProfiledSpans(service, rules, longerThanMs),
    // In seconds.
    start: Math.floor(start / 1000),
    end: Math.ceil(end / 1000),
    limit: MOST_TRACES,
    spss: MOST_SPANS,
  };
}

/** TraceQL for spans that carry a profile id, with the tags that the rules need. */
export function traceQlOfProfiledSpans(
  service: string | undefined,
  rules: readonly TagRule[] = [],
  longerThanMs = 0
): string {
  const conditions = [
    `span.${PROFILE_ID_TAG} != nil`,
    ...(service ? [`resource.service.name = ${JSON.stringify(service)}`] : []),
    ...(longerThanMs > 0 ? [`duration > ${Math.round(longerThanMs * 1000)}us`] : []),
  ];
  // A tag that is no plain name would have to be quoted, and Tempo's versions differ in how.
  const keys = [...new Set(['service.name', ...rules.map(({ key }) => key)])].filter((key) => /^[\w.-]+$/.test(key));
  // The name of a span is returned only where it is asked for.
  const selected = ['name', `span.${PROFILE_ID_TAG}`, ...keys.flatMap((key) => [`resource.${key}`, `span.${key}`])];
  return `{ ${conditions.join(' && ')} } | select(${selected.join(', ')})`;
}

function readAnswer({ traces = [] }: TempoAnswer): { spans: FoundSpan[]; isCut: boolean } {
  const spans = traces.flatMap(({ traceID, rootServiceName, spanSets, spanSet }) =>
    (spanSets ?? (spanSet ? [spanSet] : []))
      .flatMap((set) => set.spans ?? [])
      .flatMap((span) => foundSpan(traceID, rootServiceName, span))
  );
  return { spans, isCut: traces.length >= MOST_TRACES };
}

function foundSpan(traceId: string, rootService: string | undefined, span: TempoSpan): FoundSpan[] {
  const tags: Record<string, string> = rootService ? { 'service.name': rootService } : {};
  for (const { key, value = {} } of span.attributes ?? []) {
    tags[key.replace(/^(?:span|resource)\./, '')] = String(Object.values(value)[0] ?? '');
  }
  const profileId = tags[PROFILE_ID_TAG];
  return profileId
    ? [
        {
          traceId,
          spanId: span.spanID,
          profileId,
          name: span.name ?? '',
          startMs: Number(span.startTimeUnixNano) / 1e6,
          durationMs: Number(span.durationNanos) / 1e6,
          tags,
        },
      ]
    : [];
}

/** The duration that a quarter of the spans exceeds. */
function slowerQuarter(spans: readonly FoundSpan[]): number {
  const durations = spans.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  return durations[Math.floor(durations.length * 0.75)] ?? 0;
}

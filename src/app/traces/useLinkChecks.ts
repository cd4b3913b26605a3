import { useCallback, useMemo } from 'react';
import { catchError, forkJoin, map, type Observable, of, switchMap } from 'rxjs';

import type { Discovery } from '../../datasource/resources/Discovery';
import type { Span } from '../../datasource/resources/span';
import { type Answer, useAnswer } from '../../datasource/resources/useAnswer';
import { DATASOURCE_TYPE } from '../../links/linked';
import { spanQuery, type TagRule } from '../../links/spanProfile';

import { fetchData } from './fetchData';
import { fetchTempo } from './fetchTempo';
import { bySelector, type SpansOfSelector } from './linkChecks';
import { type FoundSpan, slowestProfiledSpans, type TempoAnswer } from './tempoSearch';

/** More services than these are not looked at: each is a question to the server. */
const MOST_SELECTORS = 5;
/** The slowest spans have the most samples. */
const ASKED_SPANS = 20;
/** Profiles may lie that far from their spans. */
const UPLOAD_WINDOW = 60_000;

export interface Findings {
  spans: FoundSpan[];
  groups: SpansOfSelector[];
  /** Whether any profile matches a selector. */
  matching: Map<string, boolean>;
  shows?: string;
  hasSamples: boolean;
}

export interface LinkQuestion {
  /** The address of Tempo behind Grafana's proxy. */
  tracesUrl?: string;
  profilesUid: string;
  profileTypeId: string;
  rules: readonly TagRule[];
  range: Span;
  service?: string;
}

/** Walks the way from spans to samples and keeps what it finds on each step. */
export function useLinkFindings(question: LinkQuestion, discovery: Discovery): Answer<Findings> {
  const key = JSON.stringify(question);
  const stable = useMemo(() => JSON.parse(key) as LinkQuestion, [key]);
  const ask = useCallback(() => findings(stable, discovery), [stable, discovery]);
  return useAnswer(stable.tracesUrl ? ask : undefined);
}

function findings(question: LinkQuestion, discovery: Discovery): Observable<Findings> {
  const { rules, range, service } = question;
  return slowestProfiledSpans((params) => fetchTempo<TempoAnswer>(question.tracesUrl ?? '', '/api/search', params), {
    ...range,
    service,
    rules,
  }).pipe(
    switchMap((spans) => {
      const groups = bySelector(spans, rules);
      return spans.length === 0
        ? of({ spans, groups, matching: new Map<string, boolean>(), hasSamples: false })
        : forkJoin([matchingOf(groups, range, discovery), samplesOf(groups[0], question)]).pipe(
            map(([matching, samples]) => ({ spans, groups, matching, ...samples }))
          );
    })
  );
}

function matchingOf(groups: SpansOfSelector[], range: Span, discovery: Discovery): Observable<Map<string, boolean>> {
  const around = { start: range.start - UPLOAD_WINDOW, end: range.end + UPLOAD_WINDOW };
  const asked = groups.slice(0, MOST_SELECTORS).map(({ selector }) =>
    discovery.profileTypes(around, selector).pipe(
      map((types) => [selector, types.length > 0] as const),
      catchError(() => of(undefined))
    )
  );
  return forkJoin(asked).pipe(map((pairs) => new Map(pairs.filter((pair) => pair !== undefined))));
}

interface QueryAnswer {
  results?: Record<
    string,
    { error?: string; frames?: Array<{ schema?: { meta?: { custom?: { shows?: string; call?: string } } } }> }
  >;
}

/** What the data source says of the profile of the slowest spans. */
function samplesOf(
  { spans }: SpansOfSelector,
  { profilesUid, profileTypeId, rules }: LinkQuestion
): Observable<{ shows?: string; hasSamples: boolean }> {
  const slowest = spans.slice(0, ASKED_SPANS);
  const query = spanQuery(slowest, { datasourceUid: profilesUid, profileTypeId, rules });
  const starts = slowest.map(({ startMs }) => startMs);
  const ends = slowest.map(({ startMs, durationMs }) => startMs + durationMs);
  return fetchData<QueryAnswer>({
    url: '/api/ds/query',
    method: 'POST',
    data: {
      from: String(Math.floor(Math.min(...starts))),
      to: String(Math.ceil(Math.max(...ends))),
      queries: [{ ...query, refId: 'A', datasource: { type: DATASOURCE_TYPE, uid: profilesUid } }],
    },
  }).pipe(
    map(({ results }) => {
      const { error, frames = [] } = results?.A ?? {};
      const shows = error ?? frames[0]?.schema?.meta?.custom?.shows;
      return { shows, hasSamples: /^\d+ samples? |^Samples of /.test(shows ?? '') };
    })
  );
}

import { bufferTime, filter, map, type Observable, scan } from 'rxjs';

import { type DataFrame, FieldType } from '@grafana/data';
import { getBackendSrv, toDataQueryResponse } from '@grafana/runtime';

import { DATASOURCE_TYPE } from '../../links/linked';
import { streamLines } from '../resources/streamLines';

import { type Firing, REPLAY_RESOURCE, type ReplayEvent, type ReplayRequest } from './replay';
import type { RuleQuestion } from './ruleQuestions';

/** What a rule would have done, as far as it is known. */
export interface Preview {
  /** The stretch that is looked at. */
  from: number;
  to: number;
  /** Evaluations that were made, of how many. */
  done: number;
  total: number;
  /** Known at the end. */
  firings?: PreviewFiring[];
  notices: string[];
  failure?: string;
}

/** When somebody would have been woken. */
export interface PreviewFiring {
  name: string;
  from: number;
  /** Null while it still fires. */
  to: number | null;
  value: number;
}

const HOUR = 3_600_000;
const PREVIEW_HOURS = 24;
const REDRAW_MS = 150;

/** Points of a series over the preview: the backend makes 120 of a series per function at most. */
const POINTS = 120;

/** What a rule would have done over the last 24 hours. Unsubscribing ends the work. */
export function previewOf(question: RuleQuestion, now: number): Observable<Preview> {
  const span = { from: now - PREVIEW_HOURS * HOUR, to: now };
  return question.query.queryType === 'regressions' ? replay(question, span) : series(question, span);
}

interface Span {
  from: number;
  to: number;
}

function replay({ datasourceUid, query, range, above }: RuleQuestion, span: Span): Observable<Preview> {
  const { profileTypeId, labelSelector, baseline, leastRatio, leastShare } = query;
  const request: ReplayRequest = {
    query: { profileTypeId, labelSelector, baseline, leastRatio, leastShare },
    relativeFrom: range.from,
    relativeTo: range.to,
    above,
    hours: PREVIEW_HOURS,
  };
  const url = `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/${REPLAY_RESOURCE}`;
  return streamLines({ url, method: 'POST', data: request }).pipe(
    bufferTime(REDRAW_MS),
    filter((lines) => lines.length > 0),
    scan((known, lines) => (lines as ReplayEvent[]).reduce(take, known), nothingIn(span))
  );
}

function nothingIn(span: Span): Preview {
  return { ...span, done: 0, total: 0, notices: [] };
}

function take(known: Preview, line: ReplayEvent): Preview {
  switch (line?.event) {
    case 'begun':
      return { ...known, total: line.total, notices: line.notices ?? [] };
    case 'progress':
      return { ...known, done: line.done, total: line.total };
    case 'done':
      return {
        ...known,
        done: line.evaluations,
        firings: (line.firings ?? []).map(named),
        notices: [...new Set([...known.notices, ...(line.notices ?? [])])],
      };
    case 'failed':
      return { ...known, failure: line.message };
    default:
      return known;
  }
}

function named({ service, function: name, from, to, value }: Firing): PreviewFiring {
  return { name: [name, service].filter(Boolean).join(' · '), from, to, value };
}

/** A series held against the limit, each of its points for the evaluations in it. */
function series({ datasourceUid, query, above, pendingFor }: RuleQuestion, span: Span): Observable<Preview> {
  const asked = {
    ...query,
    refId: 'A',
    datasource: { type: DATASOURCE_TYPE, uid: datasourceUid },
    maxDataPoints: POINTS,
    intervalMs: Math.ceil((span.to - span.from) / POINTS),
  };
  return getBackendSrv()
    .fetch({
      url: '/api/ds/query',
      method: 'POST',
      data: { queries: [asked], from: String(span.from), to: String(span.to) },
      showErrorAlert: false,
    })
    .pipe(
      map((response) => {
        const { data, errors = [] } = toDataQueryResponse(response as Parameters<typeof toDataQueryResponse>[0]);
        const frames = data as DataFrame[];
        const [error] = errors;
        const notices = frames.flatMap(({ meta }) => meta?.notices ?? []).map(({ text }) => text);
        return {
          ...nothingIn(span),
          done: POINTS,
          total: POINTS,
          firings: error ? undefined : frames.flatMap((frame) => firingsOf(frame, above, millisecondsOf(pendingFor))),
          notices: [...new Set(notices)],
          failure: error?.message,
        };
      })
    );
}

/** When the series of a frame were above a limit for so long, oldest first. */
export function firingsOf(frame: DataFrame, above: number, pendingMs: number): PreviewFiring[] {
  const times = (frame.fields.find(({ type }) => type === FieldType.time)?.values ?? []) as number[];
  const firings: PreviewFiring[] = [];
  for (const { type, values, labels, name } of frame.fields) {
    if (type !== FieldType.number) {
      continue;
    }
    let begun: number | undefined;
    let highest = 0;
    const label = Object.values(labels ?? {}).join(' · ') || name;
    const end = (at: number | null) => {
      const from = (begun ?? 0) + pendingMs;
      if (begun !== undefined && (at === null || from < at)) {
        firings.push({ name: label, from, to: at, value: highest });
      }
      begun = undefined;
      highest = 0;
    };
    times.forEach((at, i) => {
      const value = values[i] as number | null;
      if (value !== null && value > above) {
        begun ??= at;
        highest = Math.max(highest, value);
      } else {
        end(at);
      }
    });
    const last = times.at(-1);
    if (begun !== undefined && last !== undefined && begun + pendingMs <= last) {
      end(null);
    }
  }
  return firings.sort((a, b) => a.from - b.from);
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: HOUR, d: 24 * HOUR };

/** Milliseconds of a duration such as '5m'. */
export function millisecondsOf(duration = '0s'): number {
  const [, count = '0', unit = 's'] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  return Number(count) * UNITS[unit];
}

import { catchError, forkJoin, map, type Observable, of } from 'rxjs';

import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';

import { describeFailure } from '../../datasource/resources/failure';
import { roundOutward, type Span } from '../../datasource/resources/span';
import { listOurRules } from '../alerting/alertingApi';
import { captureTargets } from '../captures/capture/targets';
import { readCoverage } from '../coverage/readCoverage';
import { tracesToProfilesOf } from '../extensions/profiledTrace';
import { fetchResourceOf } from '../resources/fetchResource';
import { readServices } from '../resources/ServiceDirectory';

import type { Fact, Facts } from './practice';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What `flamewatch check` tags its annotations with (cmd/flamewatch/annotation.go). */
const CHECK_TAGS = ['flamewatch', 'deploy check'];

/** Asks for everything that the practices are judged by; what fails is told beside what does not. */
export function findFacts(datasourceUid: string, span: Span): Observable<Facts> {
  const ask = fetchResourceOf(datasourceUid);
  const then = span.end - 8 * DAY;
  return forkJoin({
    coverage: fact(ask('coverage', { ...roundOutward(span) }).pipe(map(({ data }) => readCoverage(data)))),
    rules: fact(listOurRules([datasourceUid])),
    targets: fact(captureTargets(datasourceUid).pipe(map(({ targets }) => targets.length))),
    lastWeek: fact(
      ask('services', { ...roundOutward({ start: then - HOUR, end: then }) }).pipe(
        map(({ data }) => readServices(data).services.length)
      )
    ),
    checkedAt: fact(lastCheck(span.end)),
  }).pipe(map((found) => ({ ...found, end: span.end, traces: tracesOf(datasourceUid) })));
}

function fact<T>(asked: Observable<T>): Observable<Fact<T>> {
  return asked.pipe(
    map((value): Fact<T> => ({ value })),
    catchError((error: unknown) => of<Fact<T>>({ failure: describeFailure(error) }))
  );
}

function lastCheck(end: number): Observable<number | undefined> {
  return getBackendSrv()
    .fetch<unknown>({
      url: '/api/annotations',
      params: { tags: CHECK_TAGS, from: end - 30 * DAY, to: end, limit: 1 },
      showErrorAlert: false,
    })
    .pipe(
      map(({ data }) => {
        const [latest] = (Array.isArray(data) ? data : []) as Array<{ time?: unknown }>;
        return typeof latest?.time === 'number' ? latest.time : undefined;
      })
    );
}

function tracesOf(datasourceUid: string): Facts['traces'] {
  const sources = getDataSourceSrv()
    .getList({})
    .filter(({ type }) => type === 'tempo');
  const linked = sources.filter(({ jsonData }) => tracesToProfilesOf(jsonData)?.datasourceUid === datasourceUid);
  return { all: sources.map(({ name }) => name), linked: linked.map(({ name }) => name) };
}

import { catchError, exhaustMap, map, type Observable, of, takeWhile, timer } from 'rxjs';

import type { FetchResource } from '../../datasource/resources/Discovery';
import { describeFailure } from '../../datasource/resources/failure';
import { readServices } from '../resources/ServiceDirectory';

/** How far the wait for a service's first profile is. */
export type Arrival =
  | { state: 'waiting'; /** Milliseconds so far. */ waited: number }
  | { state: 'arrived'; profileTypes: string[] }
  | { state: 'failed'; reason: string };

/** How often the server is asked, in ms. */
const EVERY = 5_000;
/** How far back profiles count as arriving now, in ms: an SDK may send once a minute, and what it sent has its begin. */
const BACK = 10 * 60_000;

/** Asks until a profile of the service is there. A server that fails is asked again, and what it said is told. */
export function firstProfileOf(service: string, fetchResource: FetchResource): Observable<Arrival> {
  const since = Date.now();
  const query = `{service_name=${JSON.stringify(service)}}`;
  return timer(0, EVERY).pipe(
    exhaustMap(() => {
      const end = Date.now();
      return fetchResource('services', { start: end - BACK, end, query }).pipe(
        map(({ data }): Arrival => {
          const found = readServices(data);
          const types = found.profileTypes;
          return found.services.length > 0
            ? { state: 'arrived', profileTypes: types }
            : { state: 'waiting', waited: end - since };
        }),
        catchError((error: unknown) => of<Arrival>({ state: 'failed', reason: describeFailure(error) }))
      );
    }),
    takeWhile(({ state }) => state !== 'arrived', true)
  );
}

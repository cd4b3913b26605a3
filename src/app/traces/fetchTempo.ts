import { catchError, type Observable, throwError } from 'rxjs';

import { t } from '@grafana/i18n';
import { isFetchError } from '@grafana/runtime';

import { fetchData } from './fetchData';

/**
 * Asks a Tempo through Grafana's proxy of data sources. A failure is told in words about traces.
 *
 * @param tracesUrl the address of the data source behind the proxy
 */
export function fetchTempo<T>(
  tracesUrl: string,
  path: string,
  params?: Record<string, string | number>
): Observable<T> {
  return fetchData<T>({ url: `${tracesUrl}${path}`, params }).pipe(
    catchError((error: unknown) => throwError(() => reworded(error)))
  );
}

function reworded(error: unknown): unknown {
  const text = isFetchError(error) ? reasonOf(error.status) : undefined;
  return text === undefined ? error : new Error(text);
}

function reasonOf(status: number): string | undefined {
  switch (status) {
    case 401:
    case 403:
      return t('app.traces.forbidden', 'You may not query this Tempo, or it refuses Grafana. Ask an administrator.');
    case 404:
      return t('app.traces.absent', 'This Tempo does not have that, or no longer.');
    case 502:
    case 503:
    case 504:
      return t('app.traces.unreachable', 'Tempo cannot be reached, or is not ready. Check its data source.');
    default:
      return undefined;
  }
}

import { map, type Observable } from 'rxjs';

import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';

/** Asks Grafana's backend. The screen shows a failure where it matters. */
export function fetchData<T>(request: Pick<BackendSrvRequest, 'url' | 'method' | 'params' | 'data'>): Observable<T> {
  return getBackendSrv()
    .fetch<T>({ ...request, showErrorAlert: false })
    .pipe(map(({ data }) => data));
}

import { catchError, map, type Observable, of } from 'rxjs';

import { getBackendSrv } from '@grafana/runtime';

import { describeFailure } from '../../../datasource/resources/failure';

/** What a data source's health check says. */
export interface DatasourceHealth {
  healthy: boolean;
  /** A sentence of the backend's. */
  message: string;
}

/** Asks a data source's backend whether its profile server answers; a check that fails is an answer too. */
export function datasourceHealth(datasourceUid: string): Observable<DatasourceHealth> {
  return getBackendSrv()
    .fetch<{ status?: string; message?: string } | null>({
      url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/health`,
      showErrorAlert: false,
      showSuccessAlert: false,
    })
    .pipe(
      map(({ data }) => ({ healthy: data?.status !== 'ERROR', message: data?.message ?? '' })),
      catchError((error: unknown) => of({ healthy: false, message: describeFailure(error) }))
    );
}

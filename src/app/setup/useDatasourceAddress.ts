import { useCallback } from 'react';
import { catchError, map, of } from 'rxjs';

import { getBackendSrv } from '@grafana/runtime';

import { useAnswer } from '../../datasource/resources/useAnswer';

/**
 * The address at which Grafana reaches the profile server; undefined for whom Grafana does not tell it (it takes the
 * permission datasources:read).
 */
export function useDatasourceAddress(datasourceUid: string): string | undefined {
  const ask = useCallback(
    () =>
      getBackendSrv()
        .fetch<{ url?: string }>({
          url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}`,
          showErrorAlert: false,
        })
        .pipe(
          map(({ data }) => data.url),
          catchError(() => of(undefined))
        ),
    [datasourceUid]
  );
  return useAnswer(datasourceUid === '' ? undefined : ask).value;
}

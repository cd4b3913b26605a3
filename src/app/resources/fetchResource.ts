import { getBackendSrv } from '@grafana/runtime';

import type { FetchResource } from '../../datasource/resources/Discovery';

/** Asks a data source's backend. Failures are left to whoever asked: no pop-up besides what the screen says. */
export function fetchResourceOf(datasourceUid: string): FetchResource {
  return (path, params) =>
    getBackendSrv().fetch({
      url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/${path}`,
      params,
      showErrorAlert: false,
    });
}

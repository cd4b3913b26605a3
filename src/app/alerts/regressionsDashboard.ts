import { map, type Observable } from 'rxjs';

import { getBackendSrv } from '@grafana/runtime';

/** The dashboard that comes with the app (src/dashboards), and its panel of findings. */
const REGRESSIONS_DASHBOARD = { uid: 'flamewatch-profile-regressions', panelId: '1' };

/**
 * The annotations that tie a rule to the dashboard of regressions; none where this Grafana has not imported it: its form
 * complains about a dashboard that is not there.
 */
export function findDashboard(): Observable<Record<string, string>> {
  const { uid, panelId } = REGRESSIONS_DASHBOARD;
  return getBackendSrv()
    .fetch<unknown>({ url: '/api/search', params: { dashboardUIDs: uid, type: 'dash-db' }, showErrorAlert: false })
    .pipe(
      map(({ data }): Record<string, string> => {
        const isThere = Array.isArray(data) && data.some((hit: { uid?: unknown } | null) => hit?.uid === uid);
        return isThere ? { __dashboardUid__: uid, __panelId__: panelId } : {};
      })
    );
}

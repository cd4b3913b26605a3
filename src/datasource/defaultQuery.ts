import { CoreApp } from '@grafana/data';

import { EVERYTHING } from './migrate';
import type { ProfilesQuery, QueryType } from './query';

/** Alert rules work on numbers: a flame graph is refused by Grafana's expressions. */
export function isAlerting(app?: string): boolean {
  return app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
}

/** What a new query starts with; type and service are chosen by the editor once it knows what the server holds. */
export function defaultQuery(app?: string): Partial<ProfilesQuery> {
  return { labelSelector: EVERYTHING, groupBy: [], spanSelector: [], queryType: queryTypeFor(undefined, app) };
}

/** `both` needs two panels: outside Explore the flame graph is shown, and in alerting the series. */
export function queryTypeFor(queryType: QueryType = 'both', app?: string): QueryType {
  if (isAlerting(app)) {
    return queryType === 'profile' || queryType === 'both' ? 'metrics' : queryType;
  }
  return queryType === 'both' && app !== CoreApp.Explore ? 'profile' : queryType;
}

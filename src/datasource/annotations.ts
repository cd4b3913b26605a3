import type { AnnotationSupport } from '@grafana/data';

import type { ProfilesQuery } from './query';

/**
 * Annotations of a dashboard are deploys: when the services that the query selects began to send another version; or, of a
 * query for regressions, when each of these began. The editor and the mapping of fields are Grafana's own.
 */
export const annotations: AnnotationSupport<ProfilesQuery> = {
  prepareQuery: ({ target }) =>
    target && (target.queryType === 'regressions' ? { ...target, findings: true } : { ...target, deploys: true }),
};

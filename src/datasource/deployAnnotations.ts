import type { AnnotationSupport } from '@grafana/data';

import type { ProfilesQuery } from './query';

/**
 * Annotations of a dashboard are deploys: when the services that the query selects began to send another version. The
 * editor and the mapping of fields are Grafana's own.
 */
export const deployAnnotations: AnnotationSupport<ProfilesQuery> = {
  prepareQuery: ({ target }) => target && { ...target, deploys: true },
};

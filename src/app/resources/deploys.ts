import { map, type Observable } from 'rxjs';

import type { Span } from '../../datasource/resources/span';

import { fetchResourceOf } from './fetchResource';

/** A service began to send profiles of another version. */
export interface Deploy {
  /** When, in milliseconds since the epoch. */
  at: number;
  service: string;
  /** The label that changed, its value from then on and until then. */
  label: string;
  version: string;
  before: string;
}

interface Asked {
  datasourceUid: string;
  profileTypeId: string;
  labelSelector: string;
  span: Span;
}

/** The deploys of what a selector keeps, oldest first; none where profiles name no version. */
export function deploysOf({ datasourceUid, profileTypeId, labelSelector, span }: Asked): Observable<Deploy[]> {
  const params = { ...span, query: labelSelector, type: profileTypeId };
  return fetchResourceOf(datasourceUid)('deploys', params).pipe(map(({ data }) => readDeploys(data)));
}

/** Reads the backend's answer (pkg/datasource/deploys.go); what is not whole is left out. */
export function readDeploys(body: unknown): Deploy[] {
  return (Array.isArray(body) ? body : []).flatMap((entry: Partial<Record<keyof Deploy, unknown>> | null) => {
    const { at, service, label, version, before } = entry ?? {};
    const texts = [service, label, version, before];
    return typeof at === 'number' && texts.every((text) => typeof text === 'string')
      ? [{ at, service, label, version, before } as Deploy]
      : [];
  });
}

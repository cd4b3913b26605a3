import type { ProfiledSpan, ProfilesOfSpans } from '../../../src/links/spanProfile';

/** A span as the page's server holds it: pkg/hostpage/spans.go. */
export interface HeldSpan {
  traceId: string;
  spanId: string;
  profileId: string;
  name: string;
  startMs: number;
  durationMs: number;
  tags: Record<string, string>;
}

/** How many spans are listed. */
export const SHOWN_SPANS = 100;

/** What provisioning/datasources/tempo.yaml says of the same services. */
export const PROFILES_OF_THE_DEMO: Omit<ProfilesOfSpans, 'datasourceUid'> = {
  profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
  rules: [
    { key: 'service.name', value: 'service_name' },
    { key: 'service.namespace', value: 'namespace' },
    { key: 'service.version', value: 'version' },
  ],
};

export function profiledSpan({ profileId, traceId, startMs, durationMs, tags }: HeldSpan): ProfiledSpan {
  return { profileId, traceId, startMs, durationMs, tags };
}

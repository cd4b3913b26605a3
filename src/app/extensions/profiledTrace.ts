import type { DataSourceJsonData } from '@grafana/data';

import {
  PROFILE_ID_TAG,
  type ProfiledSpan,
  type ProfilesOfSpans,
  type TagRule,
  traceProfileUrl,
} from '../../links/spanProfile';

interface Tag {
  key: string;
  value?: unknown;
}

/** A trace as Grafana's trace view hands it over; times are in microseconds. */
export interface TraceContext {
  traceID?: string;
  spans?: ReadonlyArray<{ spanID: string; processID: string; startTime: number; duration: number; tags?: Tag[] }>;
  processes?: Readonly<Record<string, { serviceName?: string; tags?: Tag[] }>>;
  datasource?: { uid?: string; type?: string };
  startTime?: number;
  endTime?: number;
}

/** What Tempo's settings say of profiles: jsonData.tracesToProfiles. */
export interface TracesToProfiles {
  datasourceUid?: string;
  profileTypeId?: string;
  tags?: TagRule[];
}

/** What a data source's jsonData says of profiles. */
export function tracesToProfilesOf(jsonData: DataSourceJsonData | undefined): TracesToProfiles | undefined {
  return (jsonData as (DataSourceJsonData & { tracesToProfiles?: TracesToProfiles }) | undefined)?.tracesToProfiles;
}

/** The spans of a trace that carry a profile id, with the tags of their process. */
export function profiledSpansOf({ traceID, spans = [], processes = {} }: TraceContext): ProfiledSpan[] {
  return spans.flatMap(({ processID, startTime, duration, tags: own = [] }) => {
    const { serviceName, tags: ofProcess = [] } = processes[processID] ?? {};
    const tags = Object.fromEntries([...ofProcess, ...own].map(({ key, value }) => [key, String(value ?? '')]));
    const profileId = tags[PROFILE_ID_TAG];
    return profileId
      ? [
          {
            profileId,
            traceId: traceID,
            startMs: startTime / 1000,
            durationMs: duration / 1000,
            tags: { ...(serviceName !== undefined && { 'service.name': serviceName }), ...tags },
          },
        ]
      : [];
  });
}

/**
 * Path and query of the profile of all spans of a trace together; undefined where none has one.
 *
 * @param settings what the trace's data source says of profiles
 * @param fallbackUid a data source of profiles for when it says nothing
 */
export function profileUrlOfTrace(
  trace: TraceContext,
  settings: TracesToProfiles | undefined,
  fallbackUid: string | undefined
): string | undefined {
  const spans = profiledSpansOf(trace);
  const datasourceUid = settings?.datasourceUid ?? fallbackUid;
  if (spans.length === 0 || datasourceUid === undefined) {
    return undefined;
  }
  const where: ProfilesOfSpans = {
    datasourceUid,
    profileTypeId: settings?.profileTypeId,
    rules: settings?.tags?.length ? settings.tags : undefined,
  };
  return traceProfileUrl(spans, where);
}

import type { Matcher } from '../flameql/query';
import { selectorOf } from '../flameql/selector';

import { exploreUrl } from './exploreUrl';
import type { LinkedQuery } from './linked';

/** The tag of a span that has a profile; its value is the id that the samples carry. */
export const PROFILE_ID_TAG = 'pyroscope.profile.id';

/** Which tag of a span is which label of its profile, as tracesToProfiles of Tempo's settings says it. */
export interface TagRule {
  key: string;
  /** The label; the key with underscores for dots if absent or empty. */
  value?: string;
}

/** What core's trace view takes where Tempo's settings name no tags. */
export const DEFAULT_TAG_RULES: readonly TagRule[] = [
  { key: 'service.name', value: 'service_name' },
  { key: 'service.namespace', value: 'service_namespace' },
];

/** A span with a profile. Its tags are those of the span and of its process or resource. */
export interface ProfiledSpan {
  profileId: string;
  traceId?: string;
  startMs: number;
  durationMs: number;
  tags: Readonly<Record<string, string>>;
}

/** Where the profiles of spans are, and under which labels. */
export interface ProfilesOfSpans {
  datasourceUid: string;
  /** Empty: the backend chooses CPU. */
  profileTypeId?: string;
  rules?: readonly TagRule[];
}

/** More ids than this make an address that servers refuse; a trace of more spans is selected by its own id. */
const MAX_LINKED_SPANS = 200;

/** core's name for the query of a span's link, by which the datasource knows that the range is the span's own. */
const LINK_REF_ID = 'profile';

/**
 * The query for the profile of spans of one service, as core's trace view sends it for one span. The trace's id is added
 * for several spans of a whole trace; a server that cannot select by trace takes the spans.
 */
export function spanQuery(
  spans: readonly ProfiledSpan[],
  { profileTypeId = '', rules = DEFAULT_TAG_RULES }: ProfilesOfSpans,
  wholeTrace = false
): LinkedQuery {
  const ids = [...new Set(spans.map(({ profileId }) => profileId))];
  const traceId = wholeTrace ? spans[0]?.traceId : undefined;
  return {
    refId: LINK_REF_ID,
    labelSelector: selectorOfTags(spans[0]?.tags ?? {}, rules),
    groupBy: [],
    profileTypeId,
    queryType: 'profile',
    spanSelector: ids.slice(0, MAX_LINKED_SPANS),
    ...(traceId !== undefined && { traceIdSelector: [traceId.padStart(32, '0')] }),
  };
}

/** Path and query of Explore with the profile of spans, in exactly the time that they took. */
export function spanProfileUrl(spans: readonly ProfiledSpan[], where: ProfilesOfSpans, wholeTrace = false): string {
  return exploreUrl({
    datasourceUid: where.datasourceUid,
    queries: [spanQuery(spans, where, wholeTrace)],
    range: rangeOfSpans(spans),
  });
}

/** As spanProfileUrl, against what is normal for the service: its profile of the half hour before. */
export function spanAgainstNormalUrl(spans: readonly ProfiledSpan[], where: ProfilesOfSpans): string {
  const query: LinkedQuery = { ...spanQuery(spans, where), queryType: 'diff', baseline: {} };
  return exploreUrl({ datasourceUid: where.datasourceUid, queries: [query], range: rangeOfSpans(spans) });
}

/** As spanProfileUrl, of a span above one that has no profile of its own; the panel names both. */
export function ancestorProfileUrl(
  ancestor: ProfiledSpan & { name: string },
  meant: { name: string },
  where: ProfilesOfSpans
): string {
  const query: LinkedQuery = { ...spanQuery([ancestor], where), spanName: ancestor.name, ancestorOf: meant.name };
  return exploreUrl({ datasourceUid: where.datasourceUid, queries: [query], range: rangeOfSpans([ancestor]) });
}

/** As spanProfileUrl, of all spans of a trace, which may be of several services. */
export function traceProfileUrl(spans: readonly ProfiledSpan[], where: ProfilesOfSpans): string {
  const tags = sharedTags(spans);
  return spanProfileUrl(
    spans.map((span) => ({ ...span, tags })),
    where,
    spans.length > 1
  );
}

/** Tags that all of the spans have, with the same value: what can be said of a trace through several services. */
export function sharedTags(spans: readonly ProfiledSpan[]): Record<string, string> {
  const [first, ...others] = spans;
  return Object.fromEntries(
    Object.entries(first?.tags ?? {}).filter(([key, value]) => others.every(({ tags }) => tags[key] === value))
  );
}

/** From the first start to the last end, at least a millisecond. */
function rangeOfSpans(spans: readonly ProfiledSpan[]): { from: number; to: number } {
  const from = Math.floor(Math.min(...spans.map(({ startMs }) => startMs)));
  const to = Math.ceil(Math.max(...spans.map(({ startMs, durationMs }) => startMs + durationMs)));
  return { from, to: Math.max(to, from + 1) };
}

/** The selector of the profiles of a service whose spans have these tags; those that a span has not are left out. */
export function selectorOfTags(tags: Readonly<Record<string, string>>, rules: readonly TagRule[]): string {
  const matchers = rules.flatMap(({ key, value }): Matcher[] =>
    tags[key] === undefined || tags[key] === '' ? [] : [{ label: labelOf({ key, value }), op: '=', value: tags[key] }]
  );
  return selectorOf(matchers);
}

/** The label that a rule's tag is. */
export function labelOf({ key, value }: TagRule): string {
  return value || key.replaceAll('.', '_');
}

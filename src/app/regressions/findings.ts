import { type Baseline, type ProfilesQuery } from '../../datasource/query';

/**
 * The backend's resource call about regressions, a POST to the datasource's resources, which answers in parts: one JSON
 * object a line (`application/x-ndjson`), as it becomes known. Ending the request ends the work. What the caller got wrong
 * is answered before the first line, with a status of 400 and `{"message": …}`; what goes wrong later is a last line
 * `failed`. All times are milliseconds since the epoch, all shares from 0 to 1. Its sibling is in `../alerts/replay.ts`.
 */
export const FINDINGS_RESOURCE = 'regressions';

/** A query as it is saved, as far as regressions read it; `queryType` need not be set. */
export type RegressionQuery = Partial<
  Pick<
    ProfilesQuery,
    'flameql' | 'profileTypeId' | 'labelSelector' | 'limit' | 'leastRatio' | 'leastShare' | 'warmUp' | 'number'
  >
> & { baseline?: Baseline };

/** Body of POST regressions: the findings of all services of a selector. */
export interface FindingsRequest {
  query: RegressionQuery;
  from: number;
  to: number;
  /** Full ids or aliases (cpu, wall, alloc_space, inuse_space, goroutine, mutex, block); absent means the query's own. */
  profileTypes?: string[];
  /** Only these, by name; absent means all that the selector matches, the costliest first. */
  services?: string[];
  /** Most services to look at, 1 to 10,000; absent means 50. */
  maxServices?: number;
  /** Most milliseconds to spend, up to 600,000; absent means 120,000. What was not looked at by then is said in `done`. */
  budget?: number;
}

/** One line of the answer. `begun` comes first, `done` or `failed` last; `progress` and `service` in between. */
export type FindingsEvent = Begun | Progress | ServiceFindings | Done | Failed;

export interface Begun {
  event: 'begun';
  /** How many services will be looked at, and how many the selector matches. */
  total: number;
  all: number;
  /** Full ids of the types that are looked at. */
  profileTypes: string[];
  /** Buckets a side, and their length. */
  buckets: number;
  bucketMs: number;
  comparison: Window;
  baseline: Window;
  notices: string[];
}

export interface Progress {
  event: 'progress';
  /** Services that are finished, of how many. */
  done: number;
  total: number;
  /** The one that is looked at now. */
  service: string;
}

export interface Window {
  from: number;
  to: number;
  /** The version whose profiles these are, where the baseline is the previous version or a deploy cut the window. */
  version?: string;
}

/** What was found of one service and one profile type. */
export interface ServiceFindings {
  event: 'service';
  service: string;
  profileTypeId: string;
  /** The costliest first. */
  findings: Finding[];
  /** Functions that looked changed and are no finding. */
  rejected: Candidate[];
  /** How many functions were tested, on how many samples. 0 samples where the size of one is not known. */
  tested: number;
  baselineSamples: number;
  comparisonSamples: number;
  /** Set when the profiles could not have shown a change of the thresholds' size. */
  insufficient?: Insufficient;
  /** Why there is no answer for this service, as a sentence: it appeared, it went, or the server refused. */
  fault?: string;
  /** What was compared in the end: a deploy inside a window cuts it. */
  comparison?: Window;
  baseline?: Window;
  deploys: DeployMark[];
  notices: string[];
}

export interface DeployMark {
  at: number;
  version: string;
  /** The version until then. */
  before: string;
}

export interface Insufficient {
  /** A function with this share of the profile … */
  share: number;
  /** … must have gained this much of it to be seen. */
  smallestChange: number;
  sentence: string;
}

/** `grew`, `new` and `leak` can wake somebody up; the rest is told only. */
export type FindingKind = 'grew' | 'new' | 'leak' | 'gone' | 'shrank' | 'transient' | 'shifted' | 'cut off';

/**
 * Beside the windows a quarter of their length earlier: `new` was not there then, `ongoing` was, and `gone` was there and
 * is no more (its numbers are those of then).
 */
export type FindingStatus = 'new' | 'ongoing' | 'gone';

export interface Finding {
  /** The same for the same service, profile type and function, whatever the build calls it. */
  fingerprint: string;
  service: string;
  profileTypeId: string;
  /**
   * Where the change arises, as the profiles call it. The labels of an alert, and so of a silence, are service_name,
   * function and kind; there the function stands without what changes from build to build (`normalizeName` of the engine).
   */
  function: string;
  kind: FindingKind;
  status: FindingStatus;
  /** The call path on which most of it happens, outermost first, the function last. */
  stack: string[];
  /** The functions whose own cost changed by it. */
  within: string[];
  /** Shares of the service's profile that pass through the function; of a leak, at its beginning and end. */
  baseline: number;
  comparison: number;
  /** comparison - baseline, and its bounds by 95 in 100. */
  change: number;
  low: number;
  high: number;
  /** comparison / baseline, of a leak by level instead of share; null where there was no baseline. */
  ratio: number | null;
  /**
   * What the change costs now, over all instances, in `costUnit`: cores of CPU, bytes a second, bytes; of a leak what it
   * grows by an hour. And its bounds by 95 in 100.
   */
  cost: number;
  costLow: number;
  costHigh: number;
  /** A unit of Grafana's: cores, binBps, bytes, ops, … */
  costUnit: string;
  /** Cost per instance and second, in the profile's own unit; null where the instances cannot be told apart. */
  baselineRate: number | null;
  comparisonRate: number | null;
  /** Expected share of false ones among findings as striking as this. */
  q: number;
  /** When the new level began. */
  since: number;
  /** The version that came with it, and the one before; absent where no deploy lies there. */
  version?: string;
  versionBefore?: string;
  /** On so many of so many instances the share is larger; 0 of 0 where they cannot be told apart. At most 6 are looked at. */
  podsGrown: number;
  pods: number;
  /** The function's share bucket by bucket, baseline first; `at` ends the bucket. Buckets without profiles are left out. */
  course: { at: number[]; share: number[]; baselineBuckets: number };
  /** Sure and large enough to wake somebody up, and an alert rule of the same query would be firing now. */
  alerts: boolean;
  standing: boolean;
  /** Why it wakes nobody, when it grew. */
  why?: string;
  /** The function that a shifted cost came from. */
  givesBack?: string;
  /** All of it in words. English, plain text. */
  sentence: string;
  /** Findings of the same call path in other profile types, which are not listed again. */
  also: Array<{ profileTypeId: string; function: string; ratio: number | null; q: number }>;
}

/** A function whose share differs and that is no finding, and why not. */
export interface Candidate {
  function: string;
  baseline: number;
  comparison: number;
  q: number;
  why: string;
}

export interface Done {
  event: 'done';
  durationMs: number;
  /** Services that were finished; `left` names those for which the time or the number did not suffice, 100 at most. */
  done: number;
  left: string[];
  notices: string[];
}

export interface Failed {
  event: 'failed';
  message: string;
}

import { APP_PATH } from './linked';

/** The runbooks that come with the app, in the order of the list; the last part of a page's address. */
export const SHIPPED_RUNBOOKS = [
  'cpu-regression-after-deploy',
  'cpu-throttling',
  'cpu-saturation',
  'memory-leak',
  'out-of-memory',
  'native-memory',
  'gc-pressure',
  'goroutine-leak',
  'thread-leak',
  'deadlock',
  'lock-contention',
  'blocking-io',
  'latency-without-cpu',
  'profiling-gaps',
  'api-server-latency',
  'scheduler-queue',
  'etcd-memory',
  'controller-manager-slow',
  'kubelet-cpu',
  'ingester-down',
  'profiles-dropped',
  'slow-queries',
  'object-storage',
  'profiling-overhead',
] as const;

export type ShippedRunbook = (typeof SHIPPED_RUNBOOKS)[number];

/** A stretch of time in milliseconds since the epoch, so that a link shows the same later. */
export interface AbsoluteRange {
  from: number;
  to: number;
}

/** What an alert knows of what went wrong; a runbook's page looks at it. What is absent is picked on the page. */
export interface Incident {
  datasourceUid?: string;
  service?: string;
  /** The function that changed, as profiles name it. */
  functionName?: string;
  /** In full, e.g. 'process_cpu:cpu:nanoseconds:cpu:nanoseconds'. */
  profileTypeId?: string;
  range?: AbsoluteRange;
  /** What the range is held against. */
  baseline?: AbsoluteRange;
  version?: string;
  baselineVersion?: string;
}

/** Names of the parameters of a runbook's page. */
export const RUNBOOK_PARAMS = {
  datasourceUid: 'var-ds',
  service: 'var-service',
  functionName: 'var-function',
  profileTypeId: 'var-profileType',
  from: 'from',
  to: 'to',
  baselineFrom: 'baselineFrom',
  baselineTo: 'baselineTo',
  version: 'version',
  baselineVersion: 'baselineVersion',
} as const;

/** Path and query of the list of runbooks. Without Grafana's sub-path, as every URL of this room. */
export function runbooksUrl(): string {
  return `${APP_PATH}/runbooks`;
}

/** Path and query of a runbook's page, opened on an incident. The slug is one of ours or of the organisation's own. */
export function runbookUrl(slug: string, incident: Incident = {}): string {
  const { range, baseline, ...texts } = incident;
  const params = new URLSearchParams();
  const add = (name: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') {
      params.set(name, typeof value === 'number' ? String(Math.round(value)) : value);
    }
  };
  add(RUNBOOK_PARAMS.from, range?.from);
  add(RUNBOOK_PARAMS.to, range?.to);
  add(RUNBOOK_PARAMS.datasourceUid, texts.datasourceUid);
  add(RUNBOOK_PARAMS.service, texts.service);
  add(RUNBOOK_PARAMS.functionName, texts.functionName);
  add(RUNBOOK_PARAMS.profileTypeId, texts.profileTypeId);
  add(RUNBOOK_PARAMS.baselineFrom, baseline?.from);
  add(RUNBOOK_PARAMS.baselineTo, baseline?.to);
  add(RUNBOOK_PARAMS.version, texts.version);
  add(RUNBOOK_PARAMS.baselineVersion, texts.baselineVersion);
  const query = params.toString();
  const path = `${APP_PATH}/runbooks/${encodeURIComponent(slug)}`;
  return query === '' ? path : `${path}?${query}`;
}

/**
 * Reads what runbookUrl, or an alert rule's annotation, wrote. Grafana shows an annotation before its template is filled
 * ('{{ $labels.function }}'), and fills in '[no value]' for a label that the alert does not have: both are absent. So is
 * a time that is no number, and a range that ends before it begins.
 */
export function readIncident(params: URLSearchParams): Incident {
  const text = (name: string) => givenText(params.get(name));
  const range = rangeOf(text(RUNBOOK_PARAMS.from), text(RUNBOOK_PARAMS.to));
  const baseline = rangeOf(text(RUNBOOK_PARAMS.baselineFrom), text(RUNBOOK_PARAMS.baselineTo));
  const incident: Incident = {
    datasourceUid: text(RUNBOOK_PARAMS.datasourceUid),
    service: text(RUNBOOK_PARAMS.service),
    functionName: text(RUNBOOK_PARAMS.functionName),
    profileTypeId: text(RUNBOOK_PARAMS.profileTypeId),
    range,
    baseline,
    version: text(RUNBOOK_PARAMS.version),
    baselineVersion: text(RUNBOOK_PARAMS.baselineVersion),
  };
  return Object.fromEntries(Object.entries(incident).filter(([, value]) => value !== undefined));
}

/** A parameter's text; undefined where it is absent, or the template of an alert that was not filled. */
function givenText(value: string | null | undefined): string | undefined {
  const text = value?.trim() ?? '';
  return text === '' || text.includes('{{') || text.includes('[no value]') ? undefined : text;
}

/**
 * The query of a runbook's page without what readIncident takes for nothing, and with times as whole milliseconds: so
 * that whatever else reads the address finds what the page does. Relative times ('now-1h') stay.
 */
export function cleanRunbookSearch(search: string): string {
  const given = [...new URLSearchParams(search)].filter(([, value]) => givenText(value) !== undefined);
  const params = new URLSearchParams(given);
  const { range } = readIncident(params);
  const ends = [RUNBOOK_PARAMS.from, RUNBOOK_PARAMS.to];
  if (range && !ends.every((end) => isPlain(params.get(end) ?? ''))) {
    params.set(RUNBOOK_PARAMS.from, String(range.from));
    params.set(RUNBOOK_PARAMS.to, String(range.to));
  } else if (!range && ends.some((end) => !/^now([-+/]\w+)*$/.test(params.get(end) ?? 'now'))) {
    ends.forEach((end) => params.delete(end));
  }
  const cleaned = params.toString();
  return cleaned === '' ? '' : `?${cleaned}`;
}

function isPlain(moment: string): boolean {
  return /^\d{1,16}$/.test(moment) || ISO.test(moment);
}

function rangeOf(from: string | undefined, to: string | undefined): AbsoluteRange | undefined {
  const [start, end] = [momentOf(from), momentOf(to)];
  return start !== undefined && end !== undefined && start < end ? { from: start, to: end } : undefined;
}

/** Milliseconds since the epoch. A template of an alert writes large numbers as 1.7e+12, whose plus a URL reads as a space. */
function momentOf(text: string | undefined): number | undefined {
  if (text !== undefined && ISO.test(text)) {
    const moment = Date.parse(text);
    return Number.isNaN(moment) ? undefined : moment;
  }
  const written = text?.replace('e ', 'e+') ?? '';
  const moment = /^\d{1,15}(\.\d{1,15})?(e\+?1[0-4])?$/i.test(written) ? Number(written) : Infinity;
  return moment > MAX_MOMENT ? undefined : Math.round(moment);
}

/** As Grafana itself writes the times of a page into its address. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** The last moment of a JavaScript date. */
const MAX_MOMENT = 8.64e15;

import type { Begun, Done, Finding, FindingsEvent, ServiceFindings } from './findings';

export const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const HOUR = 3_600_000;

/** A finding of a test: serializeOrder doubled. */
export function finding(part: Partial<Finding> = {}): Finding {
  const service = part.service ?? 'orders';
  const name = part.function ?? 'orders.serializeOrder';
  return {
    fingerprint: `${service} ${name}`,
    service,
    profileTypeId: CPU,
    function: name,
    kind: 'grew',
    status: 'new',
    stack: ['main.main', 'orders.Place', name],
    within: ['payments.MarshalJSON'],
    baseline: 0.12,
    comparison: 0.26,
    change: 0.14,
    low: 0.12,
    high: 0.16,
    ratio: 0.26 / 0.12,
    cost: 0.4,
    costLow: 0.35,
    costHigh: 0.45,
    costUnit: 'cores',
    baselineRate: null,
    comparisonRate: null,
    q: 0.0001,
    since: 1.5 * HOUR,
    version: 'v1.4.3',
    versionBefore: 'v1.4.2',
    podsGrown: 2,
    pods: 2,
    course: { at: [HOUR / 2, HOUR, 1.5 * HOUR, 2 * HOUR], share: [0.12, 0.12, 0.2, 0.26], baselineBuckets: 2 },
    alerts: true,
    standing: false,
    sentence: `${name} takes 26 % of ${service}, it took 12 %.`,
    also: [],
    ...part,
  };
}

export function serviceFindings(part: Partial<ServiceFindings> = {}): ServiceFindings {
  const { findings = [finding({ service: part.service ?? 'orders' })] } = part;
  return {
    event: 'service',
    service: 'orders',
    profileTypeId: CPU,
    rejected: [],
    tested: 20,
    baselineSamples: 1000,
    comparisonSamples: 1000,
    deploys: [{ at: 1.6 * HOUR, version: 'v1.4.3', before: 'v1.4.2' }],
    notices: [],
    ...part,
    findings,
  };
}

export const BEGUN: Begun = {
  event: 'begun',
  total: 1,
  all: 1,
  profileTypes: [CPU],
  buckets: 2,
  bucketMs: HOUR / 2,
  baseline: { from: 0, to: HOUR },
  comparison: { from: HOUR, to: 2 * HOUR },
  notices: [],
};

export const DONE: Done = { event: 'done', durationMs: 1200, done: 1, left: [], notices: [] };

/** The stream of an answer, as bytes. */
export function streamOf(...events: FindingsEvent[]): Uint8Array {
  return new TextEncoder().encode(events.map((event) => JSON.stringify(event) + '\n').join(''));
}

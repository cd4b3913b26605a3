import type { DataQueryRequest, TimeRange } from '@grafana/data';

import type { ProfilesQuery } from '../query';

/** How core's trace view names the query of the flame graph in a span's details, and that of a span's link. */
const EMBEDDED_REF_ID = 'span-flamegraph-refId';
const LINK_REF_ID = 'profile';

/** The trace view widens the range of the embedded flame graph by this much on each side, in ms. */
const EMBEDDED_MARGIN = 30_000;

/**
 * How long the span took that a query of core's trace view, or of a link of ours, is about, in milliseconds; undefined
 * where the range says nothing of it: other queries, and a range that was changed to a relative one afterwards.
 */
export function wallOf(
  { refId, spanSelector = [], traceIdSelector = [] }: ProfilesQuery,
  { range }: Pick<DataQueryRequest, 'range'>
): number | undefined {
  if (spanSelector.length + traceIdSelector.length === 0 || !range) {
    return undefined;
  }
  const length = range.to.valueOf() - range.from.valueOf();
  if (refId === EMBEDDED_REF_ID) {
    return positive(length - 2 * EMBEDDED_MARGIN);
  }
  return refId === LINK_REF_ID && isAbsolute(range) ? positive(length) : undefined;
}

function isAbsolute({ raw }: TimeRange): boolean {
  return typeof raw?.from !== 'string' || !raw.from.startsWith('now');
}

function positive(length: number): number | undefined {
  return length > 0 ? Math.round(length) : undefined;
}

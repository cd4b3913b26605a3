import type { TimeRange } from '@grafana/data';

import type { Baseline } from '../../datasource/query';
import type { Span } from '../../datasource/resources/span';

import { writeDuration } from './shiftRange';

/** What a side of the comparison looks at. */
export interface LookedAt {
  labelSelector: string;
  range: TimeRange;
  /** What is compared of the range; all of it if absent. */
  part?: Span;
}

/**
 * The baseline of a diff over the comparison's range. Where both ranges move along with the clock and are equally long,
 * it is so far back, which holds on a dashboard and in an alert rule at any time; otherwise it is a fixed stretch.
 */
export function baselineQuery(comparison: LookedAt, baseline: LookedAt): Baseline {
  const labelSelector = baseline.labelSelector;
  const offset = movingOffset(comparison, baseline);
  if (offset === 0) {
    return { labelSelector };
  }
  if (offset !== undefined) {
    return { labelSelector, offset: writeDuration(offset) };
  }
  const { start, end } = spanLookedAt(baseline);
  return { labelSelector, from: start, to: end };
}

/** How many seconds the baseline is behind, if that stays so as time goes by; undefined if it does not. */
export function movingOffset(comparison: LookedAt, baseline: LookedAt): number | undefined {
  const [later, earlier] = [spanLookedAt(comparison), spanLookedAt(baseline)];
  const behind = Math.round((later.end - earlier.end) / 1000);
  const isAsLong = Math.abs(later.end - later.start - (earlier.end - earlier.start)) < 1000;
  return isMoving(comparison) && isMoving(baseline) && isAsLong && behind >= 0 ? behind : undefined;
}

/** The stretch of time that a side looks at, in milliseconds. */
export function spanLookedAt({ range, part }: LookedAt): Span {
  return part ?? { start: range.from.valueOf(), end: range.to.valueOf() };
}

function isMoving({ range: { raw }, part }: LookedAt): boolean {
  return (
    part === undefined && [raw.from, raw.to].every((moment) => typeof moment === 'string' && moment.startsWith('now'))
  );
}

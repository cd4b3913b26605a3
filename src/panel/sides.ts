import type { DataFrame, TimeRange } from '@grafana/data';

import { fieldOf } from './flameFrame';
import type { FilledQuery } from './useFilledQuery';

/** Which profiles a flame graph, or one side of a diff, was made of. */
export interface ProfileSide {
  /** All five parts. */
  readonly profileTypeId: string;
  readonly selector: string;
  /** ms since the epoch. */
  readonly from: number;
  readonly to: number;
  /** By what the values of this side are multiplied in the frame. */
  readonly scale: number;
}

export interface Sides {
  /** The profiles of a flame graph; of a diff the comparison. */
  readonly shown: ProfileSide;
  readonly baseline?: ProfileSide;
}

/**
 * What our datasource says in the frame's meta of the profiles in it, so that it holds for queries in text too; for a
 * frame that says nothing, what the query asked for. Undefined when neither names a type of profiles.
 */
export function sidesOf(frame: DataFrame, query: FilledQuery['query'], range: TimeRange): Sides | undefined {
  const facts: unknown = frame.meta?.custom;
  if (fieldOf(frame, 'valueRight')) {
    const shown = isRecord(facts) ? sideOf(facts.comparison) : undefined;
    const baseline = isRecord(facts) ? sideOf(facts.baseline) : undefined;
    return shown && baseline && { shown, baseline };
  }
  const { profileTypeId, labelSelector: selector } = query;
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  // A query in text may ask for other profiles than its fields.
  const shown = sideOf(facts) ?? (query.flameql ? undefined : sideOf({ profileTypeId, selector, from, to }));
  return shown && { shown };
}

function sideOf(facts: unknown): ProfileSide | undefined {
  if (!isRecord(facts)) {
    return undefined;
  }
  const { profileTypeId, selector, from, to, scale } = facts;
  const isWhole =
    typeof profileTypeId === 'string' &&
    profileTypeId.split(':').length === 5 &&
    typeof selector === 'string' &&
    typeof from === 'number' &&
    typeof to === 'number';
  return isWhole
    ? { profileTypeId, selector, from, to, scale: typeof scale === 'number' && scale > 0 ? scale : 1 }
    : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

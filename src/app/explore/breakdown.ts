import type { DataFrame } from '@grafana/data';

import type { DraftMatcher } from '../../flameql/draft';
import { lineCosts } from '../series/lineCosts';
import { filtersOf, matchersOf } from '../selection/profileSelection';

/** What one value of the labels that split the series costs. */
export interface Part {
  /** As the legend of the series has it. */
  name: string;
  /** Mean over the range, in the unit of the breakdown. */
  mean: number;
  /** Of all lines together, 0..1. */
  share: number;
  /** Keeps only these profiles; undefined where no filter can: what lacks a label, and the rest beyond the limit. */
  matchers?: LabelValue[];
}

export interface LabelValue {
  label: string;
  value: string;
}

export interface Breakdown {
  /** The costliest first. */
  parts: Part[];
  /** A Grafana unit. */
  unit: string;
}

/** What each line of a series costs that is split by labels; undefined where there is no line. */
export function breakdownOf(frames: readonly DataFrame[], groupBy: readonly string[]): Breakdown | undefined {
  const costs = lineCosts(frames);
  if (costs === undefined) {
    return undefined;
  }
  const total = costs.lines.reduce((sum, { mean }) => sum + mean, 0);
  const parts = costs.lines.map(({ name, labels, mean }) => {
    const values = groupBy.flatMap((label) => (labels[label] ? [{ label, value: labels[label] }] : []));
    return {
      name: name ?? values.map(({ value }) => value).join(' · '),
      mean,
      share: total > 0 ? mean / total : 0,
      ...(values.length === groupBy.length && { matchers: values }),
    };
  });
  return { parts: parts.sort((a, b) => b.mean - a.mean), unit: costs.unit };
}

/** Filters with other matchers of the same labels in place of those that name one value. */
export function withFilter(filters: string, values: readonly LabelValue[], op: '=' | '!='): string {
  const isReplaced = (matcher: DraftMatcher) =>
    'op' in matcher &&
    values.some(
      ({ label, value }) =>
        matcher.label === label && (op === '=' ? matcher.op === '=' : matcher.op === '=' && matcher.value === value)
    );
  const kept = matchersOf({ filters }).matchers.filter((matcher) => !isReplaced(matcher));
  return filtersOf([...kept, ...values.map((value) => ({ ...value, op }))]);
}

import type { MatchOp } from './query';

/**
 * A query as its parts are written: words are text, so that dashboard variables can stand anywhere. The builder edits
 * it; without variables it means the same as a Query. Durations, instants and counts are in their canonical form.
 */
export interface Draft {
  left: DraftOperand;
  right?: DraftOperand;
  by?: string[];
  function?: string;
  focus?: string;
  hide?: string;
  span?: string[];
  trace?: string[];
  profile?: string[];
  nodes?: string;
  limit?: string;
  normalise?: string;
  /** Variables that stand for whole clauses. */
  variables?: string[];
}

export interface DraftOperand {
  type?: string;
  matchers?: DraftMatcher[];
  time?: DraftTime;
}

/** A variable that stands for whole matchers has neither operator nor value. */
export type DraftMatcher = { label: string; op: MatchOp; value: string } | { variable: string };

export type DraftTime = { offset: string } | { from: string; to: string };

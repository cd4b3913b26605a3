import type { Instant } from './syntax/instant';
import type { Normalisation } from './syntax/words';

/**
 * One parsed query. `left` is what is looked at (the comparison of a diff), `right`, when present, what it is held
 * against (the baseline). A clause that is not there is undefined. pkg/flameql/query.go has the same.
 */
export interface Query {
  left: Operand;
  right?: Operand;
  by?: string[];
  /** Regular expressions, not anchored. */
  function?: string;
  focus?: string;
  hide?: string;
  /** 16 hexadecimal digits each. */
  span?: string[];
  /** 32 hexadecimal digits each. */
  trace?: string[];
  /** UUIDs. */
  profile?: string[];
  nodes?: number;
  limit?: number;
  /** How the sides of a comparison are made comparable; without it by share. */
  normalise?: Normalisation;
}

/** Selects profiles by type, by labels and by time. What was not written is undefined. */
export interface Operand {
  /** One to five parts joined by colons: an alias (cpu), a prefix (process_cpu:cpu) or a full id. */
  type?: string;
  matchers?: Matcher[];
  time?: Time;
}

export interface Matcher {
  label: string;
  op: MatchOp;
  value: string;
}

/** Regular expressions are anchored at both ends by the server. */
export type MatchOp = '=' | '!=' | '=~' | '!~';

export function isRegexOp(op: MatchOp): boolean {
  return op === '=~' || op === '!~';
}

export type Time = Offset | TimeRange;

export interface Offset {
  offsetMs: number;
}

export interface TimeRange {
  from: Instant;
  to: Instant;
}

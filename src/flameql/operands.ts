import { formatInstant, resolveInstant } from './syntax/instant';
import type { Matcher, Operand, Query } from './query';

/** What an operand selects once it has inherited. */
export interface Selection {
  /** Undefined when neither the query nor the place beside it names one. */
  type?: string;
  matchers: Matcher[];
}

/**
 * The operands in full. `defaultType` is the type chosen beside the query, for a query that names none. The right operand
 * inherits type and matchers from the left; what it says about a label replaces all that the left says about it.
 */
export function operandsOf(query: Query, defaultType?: string): { left: Selection; right?: Selection } {
  const left = toSelection(query.left, defaultType);
  if (!query.right) {
    return { left };
  }
  const own = query.right.matchers ?? [];
  const right = {
    ...toSelection(query.right, left.type),
    matchers: [...left.matchers.filter(({ label }) => !own.some((m) => m.label === label)), ...own],
  };
  return { left, right };
}

function toSelection({ type, matchers = [] }: Operand, otherwise: string | undefined): Selection {
  const chosen = type ?? otherwise;
  return { ...(chosen && { type: chosen }), matchers };
}

/** A stretch of time in ms since the epoch, inclusive at both ends. */
export interface Window {
  from: number;
  to: number;
}

/** `side` is the one whose range ends before it begins. */
export type Windows = { ok: true; left: Window; right?: Window } | { ok: false; side: Side; message: string };

export type Side = 'left' | 'right';

/**
 * The times of both operands. `chosen` is the range chosen beside the query, `nowMs` the time of evaluation. An offset on
 * the left moves the chosen range back, an offset on the right moves the left's.
 */
export function windowsOf(query: Query, chosen: Window, nowMs: number): Windows {
  const left = windowOf(query.left, chosen, chosen, nowMs);
  if (isInverted(query.left, left)) {
    return { ok: false, side: 'left', message: invertedMessage(left) };
  }
  if (!query.right) {
    return { ok: true, left };
  }
  const right = windowOf(query.right, chosen, left, nowMs);
  if (isInverted(query.right, right)) {
    return { ok: false, side: 'right', message: invertedMessage(right) };
  }
  return { ok: true, left, right };
}

function windowOf({ time }: Operand, chosen: Window, reference: Window, nowMs: number): Window {
  if (!time) {
    return chosen;
  }
  if ('offsetMs' in time) {
    return { from: reference.from - time.offsetMs, to: reference.to - time.offsetMs };
  }
  return { from: resolveInstant(time.from, nowMs), to: resolveInstant(time.to, nowMs) };
}

/** The parser has refused ranges whose order it could tell; a date and a time relative to now meet only here. */
function isInverted({ time }: Operand, { from, to }: Window): boolean {
  return time !== undefined && 'from' in time && from >= to;
}

function invertedMessage({ from, to }: Window): string {
  const found = `one from ${formatInstant({ ms: from })} to ${formatInstant({ ms: to })}`;
  return `Expected a range that ends after it begins, found ${found}.`;
}

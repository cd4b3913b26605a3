import type { TimeRange } from '@grafana/data';

/** A time range in milliseconds since the epoch, both ends included. */
export interface Span {
  start: number;
  end: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Grafana leaves the range out in some places, e.g. on a variable's page before it is known: then the last hour. */
export function spanOf(range: TimeRange | undefined, now: number = Date.now()): Span {
  const start = range?.from.valueOf() ?? NaN;
  const end = range?.to.valueOf() ?? NaN;
  return Number.isFinite(start) && Number.isFinite(end) ? { start, end } : { start: now - HOUR, end: now };
}

/**
 * The span widened to multiples of a minute or, when it is long, of a sixtieth of its length up to an hour: 'last hour'
 * asked again a second later is then the same question.
 */
export function roundOutward({ start, end }: Span): Span {
  const grain = Math.min(HOUR, Math.max(MINUTE, Math.floor((end - start) / 60 / MINUTE) * MINUTE));
  return { start: Math.floor(start / grain) * grain, end: Math.ceil(end / grain) * grain };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const YEAR = 365 * DAY;

const MAX_MS = 10 * YEAR;

/** From large to small, the order in which a duration names them. */
const UNITS: ReadonlyArray<readonly [name: string, ms: number]> = [
  ['y', YEAR],
  ['w', WEEK],
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', 1],
];

const SHAPE = /^(?:[0-9]+(?:ms|[ywdhms]))+$/;

export const DURATION_PHRASE = 'a duration such as 30m, 1h or 1d12h';

/**
 * Reads Prometheus' durations: 90s, 1h30m, 1d12h. Units go from large to small, each at most once; the sum is between
 * 1 ms and 10 years. Gives milliseconds.
 */
export function parseDuration(word: string): number | undefined {
  if (!SHAPE.test(word)) {
    return undefined;
  }
  let sum = 0;
  let next = 0;
  for (const [, digits, name] of word.matchAll(/([0-9]+)(ms|[a-z])/g)) {
    const unit = UNITS.findIndex(([unitName]) => unitName === name);
    if (unit < next) {
      return undefined;
    }
    sum += Number(digits) * (UNITS[unit]?.[1] ?? NaN);
    next = unit + 1;
  }
  return sum > 0 && sum <= MAX_MS ? sum : undefined;
}

/** What should stand in place of a word that is no duration. */
export function durationExpected(word: string): string {
  return SHAPE.test(word) ? 'a duration from 1ms to 10y, each unit once, from large to small' : DURATION_PHRASE;
}

/** Writes whole weeks as weeks, anything else from days down. */
export function formatDuration(ms: number): string {
  if (ms % WEEK === 0) {
    return `${ms / WEEK}w`;
  }
  let rest = ms;
  let text = '';
  for (const [name, unit] of UNITS.slice(2)) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    text += count > 0 ? `${count}${name}` : '';
  }
  return text;
}

import { formatDuration, parseDuration } from './duration';

/** A point in time. With `now`, `ms` counts backwards from the time of evaluation; else from the Unix epoch. */
export interface Instant {
  now?: true;
  ms: number;
}

const UNIX = /^[0-9]+$/;
const MAX_UNIX_DIGITS = 10;
const MAX_MS = Date.UTC(10000, 0, 1) - 1;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/;
const RFC3339 =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$/;

/** Reads now, now-30m, a Unix time in seconds or RFC 3339, from 1970 on. What is finer than 1 ms is cut off. */
export function parseInstant(word: string): Instant | undefined {
  if (word === 'now') {
    return { now: true, ms: 0 };
  }
  if (word.startsWith('now-')) {
    const ms = parseDuration(word.slice('now-'.length));
    return ms === undefined ? undefined : { now: true, ms };
  }
  if (UNIX.test(word)) {
    return word.length <= MAX_UNIX_DIGITS ? { ms: Number(word) * 1000 } : undefined;
  }
  const ms = parseDate(word);
  return ms === undefined ? undefined : { ms };
}

/** Date.parse is too lenient: it moves 30 February to March. */
function parseDate(word: string): number | undefined {
  const match = RFC3339.exec(word);
  if (!match) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [, , , , , , , fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = match;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > lastDay || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  const whole = Date.UTC(year, month - 1, day, hour, minute, second) - zone;
  const ms = whole + Number(fraction.slice(0, 3).padEnd(3, '0'));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return year >= 1969 && whole >= 0 && ms <= MAX_MS ? ms : undefined;
}

/** What is missing from a word that is almost an instant. */
export function instantHint(word: string): string | undefined {
  if (UNIX.test(word)) {
    return 'Unix times are in seconds, with at most 10 digits.';
  }
  if (RFC3339.test(word)) {
    return 'There is no such time, or it lies before 1970.';
  }
  return DATE.test(word) ? 'Write dates in full and with their zone: 2026-01-31T12:00:00Z.' : undefined;
}

/** Dates in UTC, with as many digits behind the second as are not zero. */
export function formatInstant({ now, ms }: Instant): string {
  if (now) {
    return ms === 0 ? 'now' : `now-${formatDuration(ms)}`;
  }
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
}

/** In ms since the epoch. */
export function resolveInstant({ now, ms }: Instant, nowMs: number): number {
  return now ? nowMs - ms : ms;
}

/** Compares where the order is known without the time of evaluation; instants of different kinds count as ordered. */
export function isBefore(from: Instant, to: Instant): boolean {
  if (from.now !== to.now) {
    return true;
  }
  return from.now ? from.ms > to.ms : from.ms < to.ms;
}

import { formatInstant, parseInstant } from '../syntax/instant';

const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;

/** Digits of a Unix time and how many of its units are a millisecond. */
const UNIX_UNITS: ReadonlyMap<number, number> = new Map([
  [13, 1],
  [16, 1e3],
  [19, 1e6],
]);

/**
 * A time of a Pyroscope URL as an instant of FlameQL: now-1h, Unix time in seconds, milliseconds, microseconds or
 * nanoseconds (told apart by their digits), 20260131, RFC 3339. Undefined for anything else. See pkg/og/util/attime of
 * grafana/pyroscope.
 */
export function legacyTime(text: string): string | undefined {
  const time = text.replace(/[_, ]/g, '');
  const date = COMPACT_DATE.exec(time);
  const iso = date && `${date[1]}-${date[2]}-${date[3]}T00:00:00Z`;
  const divisor = /^\d+$/.test(time) ? UNIX_UNITS.get(time.length) : undefined;
  const instant = divisor ? { ms: Math.floor(Number(time) / divisor) } : parseInstant(iso || time.replace(/min$/, 'm'));
  return instant && formatInstant(instant);
}

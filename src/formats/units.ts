/** How many nanoseconds a unit of time is, in pprof's words and those that tools write instead. */
const NANOSECONDS: Readonly<Record<string, number>> = {
  nanoseconds: 1,
  microseconds: 1e3,
  milliseconds: 1e6,
  seconds: 1e9,
  minutes: 6e10,
};

const BYTES: Readonly<Record<string, number>> = { bytes: 1, kilobytes: 2 ** 10, megabytes: 2 ** 20 };

/** The unit in which values of several files can be added and compared, and by what they are multiplied for that. */
export function commonUnit(unit: string): {
  readonly unit: 'nanoseconds' | 'bytes' | 'count';
  readonly factor: number;
} {
  if (unit in NANOSECONDS) {
    return { unit: 'nanoseconds', factor: NANOSECONDS[unit] };
  }
  return unit in BYTES ? { unit: 'bytes', factor: BYTES[unit] } : { unit: 'count', factor: 1 };
}

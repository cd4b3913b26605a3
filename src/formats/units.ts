type CommonUnit = 'nanoseconds' | 'bytes' | 'count';

interface Scaled {
  readonly unit: CommonUnit;
  readonly factor: number;
}

/** Units of time and of memory in pprof's words; everything else is counted. */
const UNITS = new Map<string, Scaled>([
  ['nanoseconds', { unit: 'nanoseconds', factor: 1 }],
  ['microseconds', { unit: 'nanoseconds', factor: 1e3 }],
  ['milliseconds', { unit: 'nanoseconds', factor: 1e6 }],
  ['seconds', { unit: 'nanoseconds', factor: 1e9 }],
  ['minutes', { unit: 'nanoseconds', factor: 6e10 }],
  ['bytes', { unit: 'bytes', factor: 1 }],
  ['kilobytes', { unit: 'bytes', factor: 2 ** 10 }],
  ['megabytes', { unit: 'bytes', factor: 2 ** 20 }],
]);

/** The unit in which values of several files can be added and compared, and by what they are multiplied for that. */
export function commonUnit(unit: string): Scaled {
  return UNITS.get(unit) ?? { unit: 'count', factor: 1 };
}

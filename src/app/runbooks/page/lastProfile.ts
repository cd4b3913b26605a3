import type { DataFrame } from '@grafana/data';

/** When the last value of a series came, in milliseconds since the epoch; undefined where there is none. */
export function lastProfile(series: readonly DataFrame[]): number | undefined {
  let last: number | undefined;
  for (const { fields } of series) {
    const times = fields.find(({ type }) => type === 'time')?.values ?? [];
    for (const { values } of fields.filter(({ type }) => type === 'number')) {
      for (let at = values.length - 1; at >= 0; at--) {
        if (values[at] !== null && values[at] !== undefined && times[at] !== undefined) {
          last = Math.max(last ?? -Infinity, Number(times[at]));
          break;
        }
      }
    }
  }
  return last;
}

/** What is between two points of a series beside the delay: agents send every 10 to 60 seconds, buckets begin before. */
const SLACK = 75_000;

/** Whether a service's profiles are later than the data source's settings allow. */
export function isLate(last: number | undefined, ingestDelay: number, now: number): boolean {
  return last === undefined || now - last > ingestDelay + SLACK;
}

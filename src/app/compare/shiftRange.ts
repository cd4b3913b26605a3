import type { LinkedRange } from '../../links/linked';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

type Unit = keyof typeof SECONDS;

/** Units in which a distance is written, the greatest first; weeks are written as days, as people say them. */
const WRITTEN: Unit[] = ['d', 'h', 'm', 's'];

/** 'now', or so many seconds to years before it. */
const BEFORE_NOW = /^now(?:-(\d+)([smhdw]))?$/;

/** A stretch of time as Grafana writes it, e.g. '90m', '36h'; whole seconds, in the greatest unit that is exact. */
export function writeDuration(seconds: number): string {
  const unit = WRITTEN.find((candidate) => seconds % SECONDS[candidate] === 0) ?? 's';
  return `${Math.round(seconds / SECONDS[unit])}${unit}`;
}

/**
 * A range moved back by seconds. A relative range stays relative: 'now-1h' an hour before is 'now-2h'. What is relative
 * in another way, e.g. 'now/d', gets the distance written behind it, which Grafana reads from left to right.
 */
export function shiftBack({ from, to }: LinkedRange, seconds: number): LinkedRange {
  return { from: momentBefore(from, seconds), to: momentBefore(to, seconds) };
}

function momentBefore(moment: string | number, seconds: number): string | number {
  if (typeof moment === 'number') {
    return moment - seconds * 1000;
  }
  const [isBeforeNow, count, unit] = BEFORE_NOW.exec(moment) ?? [];
  if (isBeforeNow !== undefined) {
    return `now-${writeDuration(seconds + (unit === undefined ? 0 : Number(count) * SECONDS[unit as Unit]))}`;
  }
  return moment.startsWith('now')
    ? `${moment}-${writeDuration(seconds)}`
    : new Date(new Date(moment).valueOf() - seconds * 1000).toISOString();
}

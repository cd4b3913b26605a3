import type { DataFrame } from '@grafana/data';

/** A frame's name among several: its query's letter and what it calls itself. */
export function frameName({ name, refId }: DataFrame): string {
  return [refId, name].filter((part) => part !== undefined && part !== '').join(': ');
}

import type { DataFrame } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/** Where in a frame's meta.custom its query stands. */
const FIELD = 'asked';

/**
 * Leaves the query in each frame that it made. Grafana's Explore draws a plugin's panel without the request of its data,
 * and the panel could then neither ask for more detail nor lead on.
 */
export function leaveQueries(frames: readonly DataFrame[], queries: readonly DataQuery[]): void {
  for (const frame of frames) {
    const query = queries.find(({ refId }) => refId === frame.refId);
    if (query) {
      frame.meta = { ...frame.meta, custom: { ...frame.meta?.custom, [FIELD]: query } };
    }
  }
}

/** The query that was left in a frame. */
export function leftQuery(frame: DataFrame): DataQuery | undefined {
  const query: unknown = frame.meta?.custom?.[FIELD];
  return typeof query === 'object' && query !== null && 'refId' in query ? (query as DataQuery) : undefined;
}

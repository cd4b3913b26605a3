import type { LinkedRange } from './linked';

/** Path and query of Explore with one trace of a Tempo. Without Grafana's sub-path. */
export function traceUrl(tracesUid: string, traceId: string, { from, to }: LinkedRange): string {
  const pane = {
    datasource: tracesUid,
    queries: [{ refId: 'A', datasource: { type: 'tempo', uid: tracesUid }, queryType: 'traceql', query: traceId }],
    range: { from: String(from), to: String(to) },
  };
  return `/explore?${new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ left: pane }) })}`;
}

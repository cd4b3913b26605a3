import type { LinkedRange } from './linked';

/** Path and query of Explore with one trace of a Tempo. Without Grafana's sub-path. */
export function traceUrl(tracesUid: string, traceId: string, range: LinkedRange): string {
  return tempoUrl(tracesUid, { queryType: 'traceql', query: traceId }, range);
}

/** Path and query of Explore with the spans that a TraceQL finds. */
export function spanSearchUrl(tracesUid: string, traceQl: string, range: LinkedRange): string {
  return tempoUrl(tracesUid, { queryType: 'traceql', query: traceQl, tableType: 'spans', limit: 100 }, range);
}

function tempoUrl(tracesUid: string, query: object, { from, to }: LinkedRange): string {
  const pane = {
    datasource: tracesUid,
    queries: [{ refId: 'A', datasource: { type: 'tempo', uid: tracesUid }, ...query }],
    range: { from: String(from), to: String(to) },
  };
  return `/explore?${new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ left: pane }) })}`;
}

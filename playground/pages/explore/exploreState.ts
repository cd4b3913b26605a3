import type { DataQuery, RawTimeRange } from '@grafana/data';

/** What an Explore-like page shows, as the address says it. */
export interface ExploreState {
  /** uid of the datasource; absent means the default one. */
  datasource?: string;
  queries: DataQuery[];
  range: RawTimeRange;
}

const DEFAULT: ExploreState = { queries: [{ refId: 'A' }], range: { from: 'now-1h', to: 'now' } };

/** The part of Grafana's own `panes` parameter that is read here: the first pane. */
interface Pane {
  datasource?: string;
  queries?: Array<DataQuery & { datasource?: { uid?: string } }>;
  range?: { from?: string; to?: string };
}

/** Grafana's links to Explore carry a JSON object of panes; anything unreadable is an empty page. */
export function parseExplore(search: string): ExploreState {
  const panes = new URLSearchParams(search).get('panes');
  if (!panes) {
    return DEFAULT;
  }
  try {
    const pane: Pane | undefined = Object.values<Pane>(JSON.parse(panes))[0];
    return {
      datasource: pane?.queries?.[0]?.datasource?.uid ?? pane?.datasource,
      queries: pane?.queries?.length ? pane.queries : DEFAULT.queries,
      range: { from: pane?.range?.from ?? DEFAULT.range.from, to: pane?.range?.to ?? DEFAULT.range.to },
    };
  } catch {
    return DEFAULT;
  }
}

const urlTime = (time: RawTimeRange['from']) => (typeof time === 'string' ? time : String(time.valueOf()));

/** The same page as an address that Grafana's Explore understands too. */
export function exploreSearch({ datasource, queries, range }: ExploreState): string {
  const pane = { datasource, queries, range: { from: urlTime(range.from), to: urlTime(range.to) } };
  return '?' + new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ a: pane }) }).toString();
}

/** The first letter that no query has yet. */
export function nextRefId(queries: DataQuery[]): string {
  const taken = new Set(queries.map(({ refId }) => refId));
  for (let at = 0; ; at++) {
    const refId = at < 26 ? String.fromCharCode(65 + at) : `Q${at}`;
    if (!taken.has(refId)) {
      return refId;
    }
  }
}

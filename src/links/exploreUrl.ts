import { DATASOURCE_TYPE, type LinkedQuery, type LinkedRange } from './linked';

/** Grafana's version of the `panes` parameter; see core's public/app/features/explore/hooks/useStateSync/migrators. */
const SCHEMA_VERSION = 1;

export interface ExplorePane {
  datasourceUid: string;
  queries: LinkedQuery[];
  range: LinkedRange;
}

/**
 * Path and query of Grafana's Explore with one pane, or two side by side. Without Grafana's sub-path: pass it through
 * locationUtil.assureBaseUrl before it becomes an href.
 */
export function exploreUrl(...panes: [ExplorePane, ExplorePane?]): string {
  const named = panes.flatMap((pane, i) => (pane ? [[['left', 'right'][i], paneState(pane)]] : []));
  const params = new URLSearchParams({
    schemaVersion: String(SCHEMA_VERSION),
    panes: JSON.stringify(Object.fromEntries(named)),
  });
  return `/explore?${params}`;
}

function paneState({ datasourceUid, queries, range }: ExplorePane) {
  return {
    datasource: datasourceUid,
    queries: queries.map((query, i) => ({
      ...query,
      refId: query.refId ?? refIdOf(i),
      datasource: { type: DATASOURCE_TYPE, uid: datasourceUid },
    })),
    range: { from: String(range.from), to: String(range.to) },
  };
}

/** Grafana's letters for queries: A … Z, AA, AB, … */
function refIdOf(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26));
  return position < 26 ? letter : refIdOf(Math.floor(position / 26) - 1) + letter;
}

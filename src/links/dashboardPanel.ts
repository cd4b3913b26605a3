import { DATASOURCE_TYPE, type LinkedQuery, PANEL_TYPE } from './linked';

export interface PanelQuestion {
  title: string;
  datasourceUid: string;
  query: LinkedQuery;
}

/** A panel as a dashboard's JSON holds it, with what Grafana needs to draw it; the rest takes its defaults. */
export interface DashboardPanel {
  type: string;
  title: string;
  datasource: { type: string; uid: string };
  targets: Array<LinkedQuery & { refId: string; datasource: { type: string; uid: string } }>;
  /** In cells of the dashboard's grid, which is 24 wide. */
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: object; overrides: object[] };
  options: object;
}

/**
 * The panel that draws a query: our flame graph, Grafana's time series for `metrics`, its table for `functions`,
 * `regressions` and `silent`. `both` becomes `profile`, which with a baseline is a diff.
 */
export function dashboardPanel({ title, datasourceUid, query }: PanelQuestion): DashboardPanel {
  const datasource = { type: DATASOURCE_TYPE, uid: datasourceUid };
  const series = query.queryType === 'metrics';
  const table = ['functions', 'regressions', 'silent'].includes(query.queryType ?? '');
  const kept = series || table || query.queryType === 'diff';
  return {
    type: series ? 'timeseries' : table ? 'table' : PANEL_TYPE,
    title,
    datasource,
    targets: [
      {
        ...query,
        refId: query.refId ?? 'A',
        queryType: kept ? query.queryType : 'profile',
        datasource,
      },
    ],
    gridPos: { x: 0, y: 0, w: 24, h: series ? 8 : 16 },
    fieldConfig: { defaults: {}, overrides: [] },
    options: {},
  };
}

import { CoreApp, type DataQueryRequest, type PanelData } from '@grafana/data';

import { leftQuery } from '../links/askedQuery';

/** The data with its request; where Grafana hands none on, as in Explore, with one that is made of its frames. */
export function withRequest(data: Pick<PanelData, 'series' | 'timeRange' | 'state' | 'request'>): PanelData {
  const { series, timeRange } = data;
  const targets = data.request ? [] : series.flatMap((frame) => leftQuery(frame) ?? []);
  if (targets.length === 0) {
    return data;
  }
  const request: DataQueryRequest = {
    app: CoreApp.Explore,
    requestId: 'flamewatch-flamegraph-panel',
    range: timeRange,
    targets,
    scopedVars: {},
    interval: '1s',
    intervalMs: 1000,
    timezone: 'browser',
    startTime: 0,
  };
  return { ...data, request };
}

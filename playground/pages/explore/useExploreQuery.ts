import { useCallback, useEffect, useRef, useState } from 'react';
import type { Subscription } from 'rxjs';

import {
  CoreApp,
  type DataQuery,
  type DataQueryRequest,
  type DataSourceApi,
  getDefaultTimeRange,
  LoadingState,
  type PanelData,
  rangeUtil,
  type TimeRange,
} from '@grafana/data';
import { getRunRequest } from '@grafana/runtime';

const MAX_DATA_POINTS = 768;
const NOT_RUN: PanelData = { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() };

let requests = 0;

function exploreRequest(datasource: DataSourceApi, queries: DataQuery[], range: TimeRange): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, MAX_DATA_POINTS, datasource.interval);
  return {
    app: CoreApp.Explore,
    requestId: `explore_${++requests}`,
    targets: queries.map((query) => ({ ...query, datasource: datasource.getRef() })),
    range,
    rangeRaw: range.raw,
    interval,
    intervalMs,
    maxDataPoints: MAX_DATA_POINTS,
    timezone: 'browser',
    startTime: Date.now(),
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
  };
}

/** Runs Explore's queries; a newer run takes the place of the one under way, and so does leaving the page. */
export function useExploreQuery() {
  const [data, setData] = useState<PanelData>(NOT_RUN);
  const running = useRef<Subscription>();

  const cancel = useCallback(() => {
    running.current?.unsubscribe();
    setData((current) => (current.state === LoadingState.Loading ? { ...current, state: LoadingState.Done } : current));
  }, []);

  const run = useCallback((datasource: DataSourceApi, queries: DataQuery[], range: TimeRange) => {
    running.current?.unsubscribe();
    running.current = getRunRequest()(datasource, exploreRequest(datasource, queries, range)).subscribe((next) =>
      // What was seen before stays in sight until the answer is there.
      setData((current) => (next.state === LoadingState.Loading ? { ...next, series: current.series } : next))
    );
  }, []);

  useEffect(() => () => running.current?.unsubscribe(), []);
  return { data, run, cancel };
}

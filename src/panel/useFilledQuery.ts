import { useEffect, useState } from 'react';

import type { DataFrame, DataSourceApi, PanelData } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';

/** The query that a frame came from, with the dashboard's variables filled in, and who answered it. */
export interface FilledQuery {
  readonly datasource: DataSourceApi;
  readonly query: DataQuery & Readonly<Record<string, unknown>>;
}

/** Undefined until the datasource is loaded, and when nobody knows where the frame came from. */
export function useFilledQuery(data: PanelData, frame: DataFrame | undefined): FilledQuery | undefined {
  const { request } = data;
  const query = frame && request?.targets.find(({ refId }) => frame.refId === undefined || refId === frame.refId);
  const [filled, setFilled] = useState<{ of: typeof query; answer: FilledQuery }>();

  useEffect(() => {
    if (!query || !request) {
      return;
    }
    let isWanted = true;
    getDataSourceSrv()
      .get(query.datasource, request.scopedVars)
      .then((datasource) => {
        const [written = query] = datasource.interpolateVariablesInQueries?.([query], request.scopedVars) ?? [];
        if (isWanted) {
          setFilled({ of: query, answer: { datasource, query: { ...written } } });
        }
      })
      // A datasource that is gone has no queries to link to; what it answered before can still be looked at.
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [query, request]);

  return filled && filled.of === query ? filled.answer : undefined;
}

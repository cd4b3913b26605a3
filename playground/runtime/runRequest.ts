import { catchError, from, map, merge, type Observable, of, share, takeUntil, timer } from 'rxjs';

import {
  CoreApp,
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  DataTopic,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';

/** How long a query may take before the page says that it is loading, in ms; Grafana's own figure. */
const LOADING_AFTER = 200;

/** A query that says nothing but where it belongs gets the datasource's default. */
function withDefaults(datasource: DataSourceApi, query: DataQuery, app: string): DataQuery {
  const isEmpty = Object.keys(query).every((key) => ['refId', 'key', 'datasource', 'hide'].includes(key));
  const known = app === CoreApp.Explore ? CoreApp.Explore : CoreApp.PanelEditor;
  return isEmpty ? { ...datasource.getDefaultQuery?.(known), ...query } : query;
}

function toPanelData(packets: Map<string, DataQueryResponse>, request: DataQueryRequest): PanelData {
  const responses = [...packets.values()];
  const frames = responses.flatMap((response) => response.data);
  const failed = responses.find((response) => response.error || response.errors?.length);
  const isAnnotation = (frame: (typeof frames)[number]) => frame.meta?.dataTopic === DataTopic.Annotations;
  return {
    state: failed ? LoadingState.Error : (responses.at(-1)?.state ?? LoadingState.Done),
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
    error: failed?.error ?? failed?.errors?.[0],
    errors: failed?.errors,
    request,
    timeRange: request.range,
  };
}

/**
 * Runs a request on a datasource as Grafana's core does: default and hidden queries, packets that replace each other by
 * key, a loading state when the answer takes its time, errors as data. Unsubscribing cancels the call.
 */
export function runRequest(
  datasource: DataSourceApi,
  request: DataQueryRequest,
  queryFunction?: typeof datasource.query
): Observable<PanelData> {
  const packets = new Map<string, DataQueryResponse>();
  const empty = toPanelData(packets, request);
  const targets = request.targets
    .map((query) => withDefaults(datasource, query, request.app))
    .filter((query) => !query.hide && (queryFunction || (datasource.filterQuery?.(query) ?? true)));
  if (targets.length === 0) {
    return of(empty);
  }
  const asked = { ...request, targets };
  const answers = from(queryFunction ? queryFunction(asked) : datasource.query(asked)).pipe(
    map((packet: DataQueryResponse) => {
      request.endTime = Date.now();
      packets.set(packet.key ?? packet.data[0]?.refId ?? 'A', packet);
      return toPanelData(packets, request);
    }),
    catchError((error) => of({ ...empty, state: LoadingState.Error, error: toDataQueryError(error) })),
    share()
  );
  const loading = timer(LOADING_AFTER).pipe(
    map((): PanelData => ({ ...empty, state: LoadingState.Loading })),
    takeUntil(answers)
  );
  return merge(loading, answers);
}

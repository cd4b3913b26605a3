import { defer, map, Observable, of, throwError } from 'rxjs';

import {
  type DataFrame,
  type DataQueryRequest,
  type DataSourceInstanceSettings,
  LoadingState,
  type PanelData,
  PanelPlugin,
  type PanelPluginMeta,
} from '@grafana/data';
import {
  type BackendSrv,
  type BackendSrvRequest,
  type DataSourceSrv,
  isFetchError,
  locationService,
  setBackendSrv,
  setDataSourceSrv,
  setChromeHeaderHeightHook,
  setPluginImportUtils,
  setRunRequest,
} from '@grafana/runtime';

import type { ProfilesQuery } from '../../datasource/query';
import { DATASOURCE_TYPE } from '../../links/linked';

/** What stands behind a screen in a test: data sources, their resources, and answers to queries. */
export interface StandIn {
  datasources?: Array<{ uid: string; isDefault?: boolean }>;
  /** Answers a call of a resource; a FetchError fails it. */
  resource?: (path: string, request: BackendSrvRequest) => unknown;
  /** Answers a call of a resource in parts; what is an observable may stay open. */
  stream?: (path: string, request: BackendSrvRequest) => Uint8Array | Observable<Uint8Array>;
  answer?: (request: DataQueryRequest<ProfilesQuery>) => Partial<PanelData> | Observable<PanelData>;
}

/** Requests so far. */
export interface Asked {
  queries: Array<DataQueryRequest<ProfilesQuery>>;
  requests: BackendSrvRequest[];
}

// Can be set only once in a test file.
setChromeHeaderHeightHook(() => 0);
setPluginImportUtils({
  importPanelPlugin: async () => emptyPanel(),
  getPanelPluginFromCache: () => emptyPanel(),
});

/** Puts stand-ins in the place of Grafana's services, and an address in the browser's bar. */
export function startGrafana(
  { datasources = [{ uid: 'ds' }], resource, stream, answer }: StandIn,
  address = '/'
): Asked {
  const asked: Asked = { queries: [], requests: [] };
  locationService.replace(address);
  const list = datasources.map(({ uid, isDefault = false }) => settingsOf(uid, isDefault));
  const find = (uid: string) => list.find((settings) => settings.uid === uid);
  // Only what Scenes and the screens call is there.
  setDataSourceSrv({
    getList: () => list,
    getInstanceSettings: (ref: { uid?: string } | string) => find(typeof ref === 'string' ? ref : (ref?.uid ?? '')),
    get: async (ref: { uid?: string }) => ({ uid: ref.uid, type: DATASOURCE_TYPE, meta: {}, getRef: () => ref }),
  } as unknown as DataSourceSrv);
  setBackendSrv({
    // As Grafana's: nothing is sent before somebody subscribes, and again for everybody who does.
    fetch: (request: BackendSrvRequest) =>
      defer(() => {
        asked.requests.push(request);
        const path = /resources\/(.*)$/.exec(request.url)?.[1] ?? request.url;
        const answered = resource?.(path, request);
        if (answered instanceof Observable) {
          return answered;
        }
        return isFetchError(answered) ? throwError(() => answered) : of({ data: answered });
      }),
    chunked: (request: BackendSrvRequest) =>
      defer(() => {
        asked.requests.push(request);
        const path = /resources\/(.*)$/.exec(request.url)?.[1] ?? request.url;
        const answered = stream?.(path, request) ?? new Uint8Array();
        const parts = answered instanceof Observable ? answered : of(answered);
        return parts.pipe(map((data) => ({ ok: true, status: 200, data })));
      }),
  } as unknown as BackendSrv);
  setRunRequest((_, request) => {
    asked.queries.push(request as DataQueryRequest<ProfilesQuery>);
    const answered = answer?.(request as DataQueryRequest<ProfilesQuery>) ?? {};
    return answered instanceof Observable ? answered : of(panelData(answered, request));
  });
  return asked;
}

function panelData(part: Partial<PanelData>, request: DataQueryRequest): PanelData {
  return { state: LoadingState.Done, series: [] as DataFrame[], timeRange: request.range, request, ...part };
}

function emptyPanel(): PanelPlugin {
  const plugin = new PanelPlugin(() => null);
  // Scenes reads no more of it.
  plugin.meta = { id: 'panel', name: 'Panel', info: { version: '1.0.0' } } as PanelPluginMeta;
  return plugin;
}

function settingsOf(uid: string, isDefault: boolean): DataSourceInstanceSettings {
  return {
    uid,
    name: uid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the type asks for it
    id: 1,
    type: DATASOURCE_TYPE,
    isDefault,
    access: 'proxy',
    readOnly: false,
    jsonData: {},
    // Scenes looks at no more of it.
    meta: { id: DATASOURCE_TYPE } as DataSourceInstanceSettings['meta'],
  };
}

import type { DataSourceApi, DataSourceInstanceSettings, DataSourceRef, ScopedVars } from '@grafana/data';
import { config, type DataSourceSrv, type GetDataSourceListFilters } from '@grafana/runtime';

import { importDataSourcePlugin } from '../plugins/pluginLoader';
import { templateSrv } from './templates';

type Reference = DataSourceRef | string | null | undefined;

const instances = new Map<string, Promise<DataSourceApi>>();

function settingsOf(ref: Reference, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
  const all = Object.values(config.datasources);
  const wanted = typeof ref === 'string' ? ref : (ref?.uid ?? '');
  const name = templateSrv.replace(wanted, scopedVars);
  if (name === '' || name === 'default') {
    const type = typeof ref === 'object' ? ref?.type : undefined;
    return config.datasources[config.defaultDatasource] ?? all.find((settings) => !type || settings.type === type);
  }
  const found = all.find((settings) => settings.uid === name || settings.name === name);
  // A reference by a variable is kept beside what it stands for now, as Grafana does.
  return found && name !== wanted ? { ...found, rawRef: { type: found.type, uid: found.uid }, uid: wanted } : found;
}

function matches(settings: DataSourceInstanceSettings, filters: GetDataSourceListFilters): boolean {
  const { meta } = settings;
  const types = filters.type === undefined ? undefined : [filters.type].flat();
  return (
    (!filters.metrics || Boolean(meta.metrics)) &&
    (!filters.tracing || Boolean(meta.tracing)) &&
    (!filters.logs || Boolean(meta.logs)) &&
    (!filters.annotations || Boolean(meta.annotations)) &&
    (!filters.alerting || Boolean(meta.alerting)) &&
    (!filters.pluginId || meta.id === filters.pluginId) &&
    (!types || types.includes(settings.type)) &&
    (filters.filter?.(settings) ?? true)
  );
}

async function create(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  const plugin = await importDataSourcePlugin(settings.meta);
  const instance = new plugin.DataSourceClass(settings);
  instance.components = plugin.components;
  instance.meta = settings.meta;
  return instance;
}

/** Forgets what was made of a datasource's settings after these were changed. */
export function forgetDataSource(uid: string) {
  instances.delete(uid);
}

/** Grafana's service that finds datasources and makes them. */
export const dataSourceSrv: DataSourceSrv = {
  getInstanceSettings: settingsOf,
  getList: (filters = {}) => Object.values(config.datasources).filter((settings) => matches(settings, filters)),
  get(ref, scopedVars) {
    const settings = settingsOf(ref, scopedVars);
    if (!settings) {
      return Promise.reject(new Error(`There is no datasource ${JSON.stringify(ref)} in the playground.`));
    }
    const uid = settings.rawRef?.uid ?? settings.uid;
    let instance = instances.get(uid);
    if (!instance) {
      instance = create({ ...settings, uid });
      instances.set(uid, instance);
      instance.catch(() => instances.delete(uid));
    }
    return instance;
  },
  reload() {
    instances.clear();
  },
  registerRuntimeDataSource() {
    throw new Error('The playground has no datasources made at run time; a real Grafana has.');
  },
};

import {
  AppPlugin,
  type AppPluginMeta,
  DataSourcePlugin,
  type DataSourcePluginMeta,
  PanelPlugin,
  type PanelPluginMeta,
} from '@grafana/data';
import { config, getBackendSrv } from '@grafana/runtime';

import { CORE_PANELS } from '../panels/corePanels';
import { panelElsewhere } from '../panels/panelElsewhere';
import { getI18nInstance } from '../runtime/grafanaInternals';

interface LoadablePlugin {
  id: string;
  /** Address of module.js below the page's root. */
  module: string;
  /** Addresses of the plugin's texts by language. */
  translations?: Record<string, string>;
}

const modules = new Map<string, Promise<unknown>>();
const panels = new Map<string, PanelPlugin>();

/** Adds a plugin's texts in the page's language; Grafana's core does so before it loads the plugin's module. */
async function loadTexts({ id, translations = {} }: LoadablePlugin) {
  const i18n = getI18nInstance();
  const language = i18n.resolvedLanguage ?? 'en-US';
  const file = translations[language];
  if (!file) {
    return;
  }
  const response = await fetch('/' + file);
  if (!response.ok) {
    throw new Error(`The texts of ${id} in ${language} are not there: ${file} answered ${response.status}.`);
  }
  i18n.addResourceBundle(language, id, await response.json(), undefined, true);
}

async function load(plugin: LoadablePlugin): Promise<unknown> {
  await loadTexts(plugin);
  const module = await System.import('/' + plugin.module);
  // A module.js with top-level await is an AMD module whose value is a promise.
  const exports = await (module.default ?? module);
  if (!exports?.plugin) {
    throw new Error(`${plugin.module} exports no plugin.`);
  }
  return exports.plugin;
}

function importPlugin(plugin: LoadablePlugin): Promise<unknown> {
  let loading = modules.get(plugin.id);
  if (!loading) {
    loading = load(plugin);
    modules.set(plugin.id, loading);
    loading.catch(() => modules.delete(plugin.id));
  }
  return loading;
}

export async function importAppPlugin(id: string): Promise<AppPlugin> {
  const meta: AppPluginMeta & LoadablePlugin = await getBackendSrv().get(`/api/plugins/${id}/settings`);
  const plugin = await importPlugin(meta);
  if (!(plugin instanceof AppPlugin)) {
    throw new Error(`${id} is not an app plugin.`);
  }
  plugin.meta = meta;
  plugin.init(meta);
  return plugin;
}

export async function importDataSourcePlugin(meta: DataSourcePluginMeta): Promise<DataSourcePlugin<any>> {
  // The type parameters of a datasource are its own; whoever calls knows no more than that it is one.
  const plugin = await importPlugin(meta);
  if (!(plugin instanceof DataSourcePlugin)) {
    throw new Error(`${meta.id} is not a datasource plugin.`);
  }
  plugin.meta = meta;
  return plugin;
}

/** Panels of Grafana's core have a thin stand-in or a sentence; the others are plugins. */
export async function importPanelPlugin(id: string): Promise<PanelPlugin> {
  const cached = panels.get(id);
  if (cached) {
    return cached;
  }
  const meta: (PanelPluginMeta & LoadablePlugin) | undefined = config.panels[id];
  const plugin = CORE_PANELS[id] ?? (meta ? await importPlugin(meta) : panelElsewhere(id));
  if (!(plugin instanceof PanelPlugin)) {
    throw new Error(`${id} is not a panel plugin.`);
  }
  plugin.meta = { ...plugin.meta, ...(meta ?? { id, name: id }) };
  panels.set(id, plugin);
  return plugin;
}

export function getPanelPluginFromCache(id: string): PanelPlugin | undefined {
  return panels.get(id);
}

/** A real Grafana on this machine, with the built plugins and provisioning/. */
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from './project.mjs';

const PLUGIN_IDS = ['flamewatch-profiles-app', 'flamewatch-profiles-datasource', 'flamewatch-flamegraph-panel'];

/**
 * The Grafana that the environment names.
 *
 * @returns undefined when it names none
 * @throws an Error when it names half of one, or one that is not there
 */
export function grafanaOfEnvironment({ GRAFANA_HOME: home, GRAFANA_BIN: server } = process.env) {
  if (!home && !server) {
    return undefined;
  }
  if (!home || !server) {
    throw new Error('GRAFANA_HOME (folder with conf/ and public/) and GRAFANA_BIN (the server) must be set together.');
  }
  if (!existsSync(path.join(home, 'conf', 'defaults.ini'))) {
    throw new Error(`GRAFANA_HOME=${home} is no Grafana: there is no conf/defaults.ini.`);
  }
  if (!existsSync(server)) {
    throw new Error(`GRAFANA_BIN=${server} does not exist.`);
  }
  return { home, server };
}

/** @returns command, arguments and environment that start it on a port, its database below `folder` */
export async function grafanaCommand({ home, server }, { port, folder, profilesUrl, warehouseUrl }) {
  const plugins = path.join(folder, 'plugins');
  const app = path.join(plugins, PLUGIN_IDS[0]);
  await mkdir(plugins, { recursive: true });
  await rm(app, { force: true });
  await symlink(path.join(ROOT, 'dist'), app, 'junction');
  const isOldServer = path.basename(server).startsWith('grafana-server');
  return {
    command: server,
    args: [...(isOldServer ? [] : ['server']), '--homepath', home],
    env: {
      PROFILES_URL: profilesUrl,
      WAREHOUSE_URL: warehouseUrl,
      // Where they usually are; without them their datasources say that nobody answers.
      TEMPO_URL: process.env.TEMPO_URL ?? 'http://127.0.0.1:3200',
      PROMETHEUS_URL: process.env.PROMETHEUS_URL ?? 'http://127.0.0.1:9090',
      FLAMEWATCH_DASHBOARDS: path.join(ROOT, 'src', 'dashboards'),
      GF_PATHS_DATA: folder,
      GF_PATHS_LOGS: path.join(folder, 'logs'),
      GF_PATHS_PLUGINS: plugins,
      GF_PATHS_PROVISIONING: path.join(ROOT, 'provisioning'),
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(port),
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
      GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGIN_IDS.join(','),
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
      GF_UNIFIED_ALERTING_MIN_INTERVAL: '10s',
      GF_LOG_MODE: 'console',
      GF_LOG_LEVEL: 'warn',
    },
  };
}

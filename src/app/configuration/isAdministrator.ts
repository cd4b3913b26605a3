import { config } from '@grafana/runtime';

/** Whether the user may change the app's settings; Grafana checks it again when they are saved. */
export function isAdministrator(): boolean {
  const { orgRole, isGrafanaAdmin } = config.bootData.user;
  return orgRole === 'Admin' || isGrafanaAdmin;
}

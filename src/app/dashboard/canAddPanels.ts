import { config } from '@grafana/runtime';

/** Whether the user may create or change dashboards: Grafana's form needs one of the two and breaks without. */
export function canAddPanels(): boolean {
  const permissions = config.bootData.user.permissions ?? {};
  return Boolean(permissions['dashboards:create'] || permissions['dashboards:write']);
}

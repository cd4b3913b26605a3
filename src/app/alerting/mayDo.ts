import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';

/**
 * What of Grafana's alerting the user may do, as far as Grafana told the page; it checks again when it is done. Each gives
 * why not, undefined where it is allowed.
 */
export function whyNoRules(): string | undefined {
  return may('alert.rules:create')
    ? undefined
    : t(
        'app.alerting.no-rules',
        'You may not create alert rules. That takes the permission alert.rules:create, which editors have.'
      );
}

export function whyNoSilences(): string | undefined {
  return may('alert.instances:create', 'alert.silences:create')
    ? undefined
    : t(
        'app.alerting.no-silences',
        'You may not mute: it makes a silence, which takes the permission alert.instances:create, which editors have.'
      );
}

export function whyNoEndOfSilences(): string | undefined {
  return may('alert.instances:write', 'alert.silences:write')
    ? undefined
    : t(
        'app.alerting.no-end',
        'You may not end a silence. That takes the permission alert.instances:write, which editors have.'
      );
}

/** A page that was told of no permissions at all leaves it to Grafana. */
function may(...actions: string[]): boolean {
  const { permissions } = config.bootData.user;
  return !permissions || actions.some((action) => permissions[action]);
}

import { type AlertQuestion, alertRule, type AlertRule, ERROR, NO_DATA } from './alertRule';

/**
 * Path and query of the form of a new alert rule, filled in. Without Grafana's sub-path. The parameter is read by core's
 * public/app/features/alerting/unified/rule-editor/formDefaults.ts; rights, folder and contact points are the form's.
 */
function alertFormUrl(rule: AlertRule): string {
  const pairs = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([key, value]) => ({ key, value }));
  const defaults = JSON.stringify({
    type: 'grafana-alerting',
    name: rule.title,
    queries: rule.data,
    condition: rule.condition,
    noDataState: NO_DATA,
    execErrState: ERROR,
    ...(rule.pendingFor !== undefined && { evaluateFor: rule.pendingFor }),
    // An empty list would leave no row to type into.
    ...(Object.keys(rule.labels).length > 0 && { labels: pairs(rule.labels) }),
    ...(Object.keys(rule.annotations).length > 0 && { annotations: pairs(rule.annotations) }),
  });
  return `/alerting/new/alerting?${new URLSearchParams({ defaults })}`;
}

/** As alertFormUrl, of a rule that holds a query's number against a limit. */
export function newAlertUrl(question: AlertQuestion): string {
  return alertFormUrl(alertRule(question));
}

/** Path of the page of a rule, with its state and history. */
export function ruleUrl(uid: string): string {
  return `/alerting/grafana/${encodeURIComponent(uid)}/view`;
}

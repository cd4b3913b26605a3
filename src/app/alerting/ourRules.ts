import { OUR_RULE_LABEL } from '../../links/alertRule';
import { DATASOURCE_TYPE } from '../../links/linked';

/** How a rule stands; `error` where its evaluation fails, `nodata` where it got nothing. */
export type RuleState = 'firing' | 'pending' | 'recovering' | 'inactive' | 'error' | 'nodata' | 'paused';

/** An alert rule that looks at profiles. */
export interface OurRule {
  uid: string;
  title: string;
  folder: string;
  group: string;
  state: RuleState;
  /** Why it cannot be evaluated. */
  lastError?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Kinds of questions that it asks of profiles, e.g. 'regressions'. */
  queryTypes: string[];
  /** How many of its alerts fire. */
  firing: number;
  /** Its alerts that fire or are about to, those that fire first; Grafana sends no more than it is asked for. */
  raised: RaisedAlert[];
  /** Milliseconds since the epoch; undefined for a rule that was never evaluated. */
  evaluatedAt?: number;
  /** Seconds between evaluations. */
  every?: number;
  /** From a file: it can only be changed there. */
  isProvisioned: boolean;
}

export interface RaisedAlert {
  labels: Record<string, string>;
  /** With their templates filled in. */
  annotations: Record<string, string>;
}

/** States by how much they ask for somebody's eye. */
const STATES: readonly RuleState[] = ['firing', 'error', 'pending', 'recovering', 'nodata', 'inactive', 'paused'];

/**
 * Reads Grafana's answer of rules and their state (pkg/services/ngalert/api/tooling/definitions/prom.go): the alert rules
 * that ask one of the data sources, or any of our type, or carry our label. What fires comes first, then by name.
 */
export function readRules(body: unknown, datasourceUids: readonly string[]): OurRule[] {
  const groups = listOf(recordOf(recordOf(body).data).groups).map(recordOf);
  return groups
    .flatMap((group) =>
      listOf(group.rules)
        .map(recordOf)
        .filter((rule) => rule.type !== 'recording' && isOurs(rule, datasourceUids))
        .flatMap((rule) => readRule(rule, group))
    )
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.title.localeCompare(b.title));
}

function isOurs(rule: Record<string, unknown>, datasourceUids: readonly string[]): boolean {
  const query = typeof rule.query === 'string' ? rule.query : '';
  const asked = listOf(rule.queriedDatasourceUIDs);
  return (
    OUR_RULE_LABEL in recordOf(rule.labels) ||
    asked.some((uid) => datasourceUids.some((known) => known === uid)) ||
    query.includes(`"${DATASOURCE_TYPE}"`)
  );
}

function readRule(rule: Record<string, unknown>, group: Record<string, unknown>): OurRule[] {
  const { uid, name, lastError, lastEvaluation, provenance } = rule;
  if (typeof uid !== 'string' || typeof name !== 'string') {
    return [];
  }
  const evaluatedAt = Date.parse(String(lastEvaluation));
  return [
    {
      uid,
      title: name,
      folder: String(group.file ?? ''),
      group: String(group.name ?? ''),
      state: stateOf(rule),
      lastError: typeof lastError === 'string' && lastError !== '' ? lastError : undefined,
      labels: textsOf(rule.labels),
      annotations: textsOf(rule.annotations),
      queryTypes: queryTypesOf(rule.query),
      firing: firingOf(rule),
      raised: [...alertsOf(rule, FIRING), ...alertsOf(rule, PENDING)],
      // A rule that was never evaluated has the year 1.
      evaluatedAt: evaluatedAt > 0 ? evaluatedAt : undefined,
      every: typeof group.interval === 'number' ? group.interval : undefined,
      isProvisioned: typeof provenance === 'string' && provenance !== '' && provenance !== 'none',
    },
  ];
}

/** Grafana gives a rule's queries as text. */
function queryTypesOf(query: unknown): string[] {
  const named = typeof query === 'string' ? query.matchAll(/"queryType"\s*:\s*"(\w+)"/g) : [];
  return [...new Set([...named].map(([, type]) => type))];
}

function stateOf({ state, health, isPaused }: Record<string, unknown>): RuleState {
  if (isPaused === true) {
    return 'paused';
  }
  const said = String(state ?? '').toLowerCase();
  if (said === 'inactive' && (health === 'error' || health === 'nodata')) {
    return health;
  }
  return STATES.find((known) => known === said) ?? 'inactive';
}

function firingOf({ totals, alerts }: Record<string, unknown>): number {
  const { alerting } = recordOf(totals);
  return typeof alerting === 'number' ? alerting : alertsOf({ alerts }, FIRING).length;
}

const FIRING = /^(alerting|firing)/i;
const PENDING = /^pending/i;

function alertsOf({ alerts }: Record<string, unknown>, state: RegExp): RaisedAlert[] {
  return listOf(alerts)
    .map(recordOf)
    .filter((alert) => state.test(String(alert.state)))
    .map(({ labels, annotations }) => ({ labels: textsOf(labels), annotations: textsOf(annotations) }));
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

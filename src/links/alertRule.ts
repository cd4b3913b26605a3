import { DATASOURCE_TYPE, type LinkedQuery } from './linked';

/** Label that the app's rules carry; its value says what a rule watches. */
export const OUR_RULE_LABEL = 'flamewatch';

export interface AlertQuestion {
  name: string;
  datasourceUid: string;
  query: LinkedQuery;
  /** Seconds before the evaluation at which the query's range begins and ends. */
  range: { from: number; to: number };
  /** The alert fires above it. */
  above: number;
  /** Other numbers of the same query, by name: texts of the alert have them as {{ $values.<name>.Value }}. */
  further?: Readonly<Record<string, string>>;
  /** What of a series is held against the limit; absent means last. */
  reducer?: 'last' | 'mean';
  /** How long it must be above, e.g. '5m'; absent means Grafana's default in the form. */
  pendingFor?: string;
  labels?: Readonly<Record<string, string>>;
  /** Texts of an alert, which may be templates of Grafana's: {{ $labels.function }}, {{ $values.A.Value }}. */
  annotations?: Readonly<Record<string, string>>;
}

/** A query or expression of a rule, as Grafana's APIs and files write it. */
export interface RuleQuery {
  refId: string;
  datasourceUid: string;
  /** Stays empty: the backend reads the model's. */
  queryType: '';
  relativeTimeRange?: { from: number; to: number };
  model: object;
}

export interface AlertRule {
  title: string;
  /** The query or expression that decides. */
  condition: string;
  data: RuleQuery[];
  pendingFor?: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

/** Grafana's name for the data source of expressions. */
const EXPRESSIONS = { uid: '__expr__', type: '__expr__' };

/**
 * A rule that holds the number of a query against a limit; a series is reduced to one first. No profiles are no reason to
 * wake somebody, and a server that is down has alerts of its own: see NO_DATA and ERROR.
 */
export function alertRule(question: AlertQuestion): AlertRule {
  const { name, datasourceUid, query, range, above, reducer = 'last' } = question;
  const ask = (refId: string, number?: string): RuleQuery => ({
    refId,
    datasourceUid,
    queryType: '',
    relativeTimeRange: range,
    model: { ...query, ...(number && { number }), refId, datasource: { type: DATASOURCE_TYPE, uid: datasourceUid } },
  });
  const asked = [ask('A'), ...Object.entries(question.further ?? {}).map(([refId, number]) => ask(refId, number))];
  const threshold = { type: 'threshold', conditions: [{ evaluator: { type: 'gt', params: [above] } }] };
  const data =
    query.queryType === 'metrics'
      ? [
          ...asked,
          expression('B', { type: 'reduce', expression: 'A', reducer, settings: { mode: 'dropNN' } }),
          expression('C', { ...threshold, expression: 'B' }),
        ]
      : [...asked, expression('B', { ...threshold, expression: 'A' })];
  return {
    title: name,
    condition: data[data.length - 1].refId,
    data,
    pendingFor: question.pendingFor,
    labels: question.labels ?? {},
    annotations: question.annotations ?? {},
  };
}

/** What a rule is when its query has no answer, and when it fails. */
export const NO_DATA = 'OK';
export const ERROR = 'KeepLast';

function expression(refId: string, model: object): RuleQuery {
  return { refId, datasourceUid: EXPRESSIONS.uid, queryType: '', model: { ...model, refId, datasource: EXPRESSIONS } };
}

import { DATASOURCE_TYPE, type LinkedQuery } from './linked';

export interface AlertQuestion {
  name: string;
  datasourceUid: string;
  query: LinkedQuery;
  /** Seconds before the evaluation at which the query's range begins and ends. */
  range: { from: number; to: number };
  /** The alert fires above it. */
  above: number;
}

/** Grafana's name for the data source of expressions. */
const EXPRESSIONS = { uid: '__expr__', type: '__expr__' };

/**
 * Path and query of the form of a new alert rule, filled in: the query, and a threshold on its number; a series is
 * reduced to its last value before. Without Grafana's sub-path. The parameter is read by core's
 * public/app/features/alerting/unified/utils/rule-form.ts.
 */
export function newAlertUrl({ name, datasourceUid, query, range, above }: AlertQuestion): string {
  const asked = {
    refId: 'A',
    datasourceUid,
    // The rule's own field stays empty: the backend reads the model's.
    queryType: '',
    relativeTimeRange: range,
    model: { ...query, refId: 'A', datasource: { type: DATASOURCE_TYPE, uid: datasourceUid } },
  };
  const threshold = { type: 'threshold', conditions: [{ evaluator: { type: 'gt', params: [above] } }] };
  const queries =
    query.queryType === 'metrics'
      ? [
          asked,
          expression('B', { type: 'reduce', expression: 'A', reducer: 'last', settings: { mode: 'dropNN' } }),
          expression('C', { ...threshold, expression: 'B' }),
        ]
      : [asked, expression('B', { ...threshold, expression: 'A' })];
  const condition = queries[queries.length - 1].refId;
  const defaults = JSON.stringify({ type: 'grafana-alerting', name, queries, condition });
  return `/alerting/new/alerting?${new URLSearchParams({ defaults })}`;
}

function expression(refId: string, model: object) {
  return { refId, datasourceUid: EXPRESSIONS.uid, queryType: '', model: { ...model, refId, datasource: EXPRESSIONS } };
}

import { type AbstractLabelMatcher, AbstractLabelOperator, type AbstractQuery } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

import type { Matcher, MatchOp } from '../../flameql/query';
import { draftOfQuery } from '../draft/draftOfQuery';
import { readSavedQuery, type SavedQuery } from '../migrate';
import type { ProfilesQuery } from '../query';
import { writeSelector } from '../selector/selector';

const OPERATORS: Record<AbstractLabelOperator, MatchOp> = {
  [AbstractLabelOperator.Equal]: '=',
  [AbstractLabelOperator.NotEqual]: '!=',
  [AbstractLabelOperator.EqualRegEx]: '=~',
  [AbstractLabelOperator.NotEqualRegEx]: '!~',
};

/** Core's Pyroscope datasource, by its former name too, and ours: their fields mean the same. */
const SAME_MODEL: ReadonlySet<string> = new Set([
  'grafana-pyroscope-datasource',
  'phlare',
  'flamewatch-profiles-datasource',
]);
const PARCA = 'parca';

/** Whether queries of a datasource of this type say more than labels that can be kept. */
export function knowsQueriesOf(datasourceType: string): boolean {
  return SAME_MODEL.has(datasourceType) || datasourceType === PARCA;
}

/** Queries of another datasource with profiles. Of what else there is only refId and the switch to hide it are kept. */
export function importQueries(queries: readonly DataQuery[], datasourceType: string): ProfilesQuery[] {
  return queries.map((query) => {
    const saved = withoutDatasource(query);
    if (SAME_MODEL.has(datasourceType)) {
      return readSavedQuery(saved);
    }
    const { refId, hide } = query;
    return readSavedQuery({ ...(datasourceType === PARCA ? parcaFields(saved) : {}), refId, ...(hide && { hide }) });
  });
}

function withoutDatasource({ datasource: _, ...query }: DataQuery): SavedQuery {
  return query;
}

/** Parca's types have a sixth part for profiles that are differences already, which a Pyroscope server does not write. */
function parcaFields({ labelSelector, profileTypeId, queryType }: SavedQuery) {
  const type = typeof profileTypeId === 'string' ? profileTypeId.replace(/:delta$/, '') : undefined;
  return { labelSelector, profileTypeId: type, queryType };
}

/** Label conditions, as Grafana passes them between datasources for logs, traces, metrics and profiles. */
export function queryOfLabels({ refId, labelMatchers }: AbstractQuery): ProfilesQuery {
  const matchers = labelMatchers.map(({ name, operator, value }) => ({ label: name, op: OPERATORS[operator], value }));
  return readSavedQuery({ refId, labelSelector: writeSelector(matchers) });
}

/** The label conditions of what is looked at; a query that cannot be read has none. */
export function labelsOfQuery(query: ProfilesQuery): AbstractQuery {
  const read = draftOfQuery(query);
  const matchers = read.ok ? (read.draft.left.matchers ?? []) : [];
  return { refId: query.refId, labelMatchers: matchers.filter((m): m is Matcher => 'op' in m).map(asAbstract) };
}

function asAbstract({ label, op, value }: Matcher): AbstractLabelMatcher {
  const operator = (Object.keys(OPERATORS) as AbstractLabelOperator[]).find((one) => OPERATORS[one] === op);
  return { name: label, operator: operator ?? AbstractLabelOperator.Equal, value };
}

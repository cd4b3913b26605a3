import { map, type Observable, of } from 'rxjs';

import {
  CustomVariableSupport,
  type DataQueryRequest,
  type DataQueryResponse,
  type MetricFindValue,
  type ScopedVars,
} from '@grafana/data';

import type { ProfilesDatasource } from '../ProfilesDatasource';
import { describeProfileType } from '../profileTypes/wording';
import type { ProfilesQuery } from '../query';
import { type Span, spanOf } from '../resources/span';
import type { ProfilesOptions } from '../settings';
import { readVariableQuery, type VariableQuery } from './variableQuery';
import { VariableQueryEditor } from './VariableQueryEditor';

/** Dashboard variables of profile types, label names and label values, each narrowed by the variables before it. */
export class ProfilesVariables extends CustomVariableSupport<
  ProfilesDatasource,
  VariableQuery,
  ProfilesQuery,
  ProfilesOptions
> {
  editor = VariableQueryEditor;

  constructor(private readonly datasource: ProfilesDatasource) {
    super();
  }

  query(request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    // Grafana hands on as text what a variable of another kind left behind.
    const query = readVariableQuery(request.targets[0]);
    return query
      ? this.list(query, spanOf(request.range), request.scopedVars).pipe(map((data) => ({ data })))
      : of({ data: [] });
  }

  private list(query: VariableQuery, span: Span, scopedVars?: ScopedVars): Observable<MetricFindValue[]> {
    const { profileTypeId = '', labelSelector = '', labelName = '', type } = query;
    const scope = { profileTypeId, labelSelector };
    switch (type) {
      case 'profileType':
        return this.datasource.profileTypes(scope, span, scopedVars).pipe(map((ids) => ids.map(asTypeValue)));
      case 'label':
        return this.datasource.labelNames(scope, span, scopedVars).pipe(map((names) => names.map(asValue)));
      case 'labelValue':
        return labelName === ''
          ? of([])
          : this.datasource.labelValues(labelName, scope, span, scopedVars).pipe(map((values) => values.map(asValue)));
    }
  }
}

function asValue(text: string): MetricFindValue {
  return { text, value: text };
}

/** The dashboard shows words, queries get the id. */
function asTypeValue(id: string): MetricFindValue {
  const { measure, title } = describeProfileType(id);
  return { text: `${measure}: ${title}`, value: id };
}

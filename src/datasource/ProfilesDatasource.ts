import { firstValueFrom, map, type Observable, of, tap } from 'rxjs';

import {
  type AbstractQuery,
  type AdHocVariableFilter,
  type CoreApp,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  hasQueryExportSupport,
  type MetricFindValue,
  type ScopedVars,
} from '@grafana/data';
import { config, DataSourceWithBackend, getBackendSrv, getTemplateSrv, type TemplateSrv } from '@grafana/runtime';

import type { DataQuery } from '@grafana/schema';

import { isFullType } from '../flameql/syntax/profileType';
import { filterFault, matchersOf, withFilters } from './adhoc/adHocFilters';
import { defaultQuery, queryTypeFor } from './defaultQuery';
import { annotations } from './annotations';
import { isText } from './draft/draftOfQuery';
import { fillQuery } from './fillQuery';
import { importQueries, knowsQueriesOf, labelsOfQuery, queryOfLabels } from './import/importQueries';
import { EVERYTHING, readSavedQuery } from './migrate';
import { leaveQueries } from '../links/askedQuery';
import { describeProfileType } from './profileTypes/wording';
import type { ProfilesQuery } from './query';
import { Discovery } from './resources/Discovery';
import { SeenFunctions } from './resources/SeenFunctions';
import { type Span, spanOf } from './resources/span';
import { scopeOf, writeSelector } from './selector/selector';
import type { ProfilesOptions } from './settings';
import { wallOf } from './spans/wallOf';
import { unpackAnswer } from './transport/unpack';
import { ProfilesVariables } from './variables/ProfilesVariables';

/** Type and selector of a query: what is already chosen when more is to be chosen. Variables may stand in both. */
export type Scope = Pick<ProfilesQuery, 'profileTypeId' | 'labelSelector'>;

export class ProfilesDatasource extends DataSourceWithBackend<ProfilesQuery, ProfilesOptions> {
  readonly discovery: Discovery;
  readonly seenFunctions = new SeenFunctions();
  annotations = annotations;

  constructor(
    settings: DataSourceInstanceSettings<ProfilesOptions>,
    private readonly templates: TemplateSrv = getTemplateSrv()
  ) {
    super(settings);
    this.discovery = new Discovery((path, params) =>
      getBackendSrv().fetch({
        url: `/api/datasources/uid/${this.uid}/resources/${path}`,
        params,
        // The editors show a failure where it matters.
        showErrorAlert: false,
        headers: this.getRequestHeaders(),
      })
    );
    this.variables = new ProfilesVariables(this);
  }

  getDefaultQuery(app: CoreApp): Partial<ProfilesQuery> {
    return defaultQuery(app);
  }

  /** A query in which nothing was chosen yet is not worth asking; the backend fills in a missing type otherwise. */
  filterQuery(saved: ProfilesQuery): boolean {
    const query = readSavedQuery(saved);
    if (isText(query)) {
      return query.flameql?.trim() !== '';
    }
    const { spanSelector = [], traceIdSelector = [], profileIdSelector = [] } = query;
    const ids = spanSelector.length + traceIdSelector.length + profileIdSelector.length;
    return query.profileTypeId !== '' || query.labelSelector !== EVERYTHING || ids > 0;
  }

  query(request: DataQueryRequest<ProfilesQuery>): Observable<DataQueryResponse> {
    // A public dashboard keeps the queries to itself and sends only which panel it is.
    if (config.publicDashboardAccessToken) {
      return super.query(request);
    }
    const fault = filterFault(request.filters);
    if (fault !== undefined) {
      return of({ data: [], errors: [{ message: fault }] });
    }
    const targets = request.targets
      .map((saved) => readSavedQuery(saved))
      .filter((query) => this.filterQuery(query))
      .map((query) => ({
        ...query,
        queryType: queryTypeFor(query.queryType, request.app),
        packed: true,
        wallMs: wallOf(query, request),
      }));
    return targets.length === 0
      ? of({ data: [] })
      : super.query({ ...request, targets }).pipe(
          map(unpackAnswer),
          tap(({ data }) => {
            this.seenFunctions.note(data);
            if (request.app === 'explore') {
              leaveQueries(data, request.targets);
            }
          })
        );
  }

  applyTemplateVariables(
    saved: ProfilesQuery,
    scopedVars?: ScopedVars,
    filters?: AdHocVariableFilter[]
  ): ProfilesQuery {
    return withFilters(fillQuery(readSavedQuery(saved), this.templates, scopedVars), filters);
  }

  getQueryDisplayText(saved: ProfilesQuery): string {
    const query = readSavedQuery(saved);
    if (isText(query)) {
      return query.flameql?.trim() ?? '';
    }
    const { profileTypeId, labelSelector, groupBy } = query;
    const type = profileTypeId === '' ? '' : describeProfileType(profileTypeId).title;
    const grouped = groupBy.length === 0 ? '' : `by (${groupBy.join(', ')})`;
    return [type, labelSelector, grouped].filter((part) => part !== '').join(' ');
  }

  /** Types of the profiles that the scope's selector keeps. */
  profileTypes(
    { labelSelector }: Pick<Scope, 'labelSelector'>,
    span: Span,
    scopedVars?: ScopedVars
  ): Observable<string[]> {
    const selector = this.selectorOf({ labelSelector, profileTypeId: '' }, scopedVars);
    return this.discovery.profileTypes(span, selector === EVERYTHING ? undefined : selector);
  }

  /** Labels of the profiles of a scope. */
  labelNames(scope: Scope, span: Span, scopedVars?: ScopedVars): Observable<string[]> {
    return this.discovery.labelNames(this.selectorOf(scope, scopedVars), span);
  }

  /** Values of a label in a scope; what the scope says of that label itself does not count. */
  labelValues(label: string, scope: Scope, span: Span, scopedVars?: ScopedVars): Observable<string[]> {
    const name = this.templates.replace(label, scopedVars);
    return this.discovery.labelValues(name, this.selectorOf(scope, scopedVars, name), span);
  }

  /** Labels that a dashboard can be filtered by, among the profiles that its other filters keep. */
  async getTagKeys({ filters, timeRange }: DataSourceGetTagKeysOptions<ProfilesQuery>): Promise<MetricFindValue[]> {
    const names = await firstValueFrom(this.labelNames(filtered(filters), spanOf(timeRange)));
    return names.map((text) => ({ text }));
  }

  async getTagValues(options: DataSourceGetTagValuesOptions<ProfilesQuery>): Promise<MetricFindValue[]> {
    const { key, filters, timeRange } = options;
    const values = await firstValueFrom(this.labelValues(key, filtered(filters), spanOf(timeRange)));
    return values.map((text) => ({ text }));
  }

  /**
   * Asked when a panel or Explore changes to this datasource. An importFromAbstractQueries beside it would be asked in its
   * place and get labels only, of queries that say more.
   */
  async importQueries(queries: DataQuery[], from: DataSourceApi): Promise<ProfilesQuery[]> {
    return !knowsQueriesOf(from.type) && hasQueryExportSupport(from)
      ? (await from.exportToAbstractQueries(queries)).map(queryOfLabels)
      : importQueries(queries, from.type);
  }

  async exportToAbstractQueries(queries: ProfilesQuery[]): Promise<AbstractQuery[]> {
    return queries.map((query) => labelsOfQuery(readSavedQuery(query)));
  }

  /** The dashboard's variables as they are written in a query. */
  variableNames(): string[] {
    return this.templates.getVariables().map(({ name }) => `$${name}`);
  }

  private selectorOf(scope: Scope, scopedVars?: ScopedVars, without?: string): string {
    const { labelSelector, profileTypeId } = this.applyTemplateVariables(
      { refId: '', groupBy: [], ...scope },
      scopedVars
    );
    // A short name of a type is resolved by the backend, by what it finds.
    return scopeOf(labelSelector, isFullType(profileTypeId) ? profileTypeId : '', without);
  }
}

function filtered(filters: AdHocVariableFilter[]): Scope {
  return { profileTypeId: '', labelSelector: writeSelector(matchersOf(filters)) };
}

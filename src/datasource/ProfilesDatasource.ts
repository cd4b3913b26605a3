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
import { interpolateText } from './draft/interpolateText';
import { importQueries, knowsQueriesOf, labelsOfQuery, queryOfLabels } from './import/importQueries';
import { EVERYTHING, readSavedQuery, splitIds } from './migrate';
import { leaveQueries } from '../links/askedQuery';
import { describeProfileType } from './profileTypes/wording';
import type { Baseline, ProfilesQuery } from './query';
import { Discovery } from './resources/Discovery';
import { SeenFunctions } from './resources/SeenFunctions';
import { type Span, spanOf } from './resources/span';
import { ABSENT_SPAN, fillPattern, interpolateSelector } from './selector/interpolate';
import { scopeOf, writeSelector } from './selector/selector';
import type { ProfilesOptions } from './settings';
import { wallOf } from './spans/wallOf';
import { type FillIn, fillingsOf } from './templates';
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
    const query = readSavedQuery(saved);
    const fillIn = fillingsOf(this.templates, scopedVars);
    const fill = (text: string) => this.templates.replace(text, scopedVars);
    /** A variable of several values stands for each of them; ids that were not filled in are for the backend to explain. */
    const fillList = (texts: string[]) =>
      texts.flatMap((text) => splitIds(this.templates.replace(text, scopedVars, 'csv')));
    const filled: ProfilesQuery = {
      ...query,
      labelSelector: this.fillSelector(query.labelSelector, fillIn, scopedVars),
      profileTypeId: fill(query.profileTypeId),
      groupBy: fillList(query.groupBy),
    };
    for (const field of ['spanSelector', 'profileIdSelector', 'traceIdSelector'] as const) {
      const ids = query[field];
      if (ids) {
        filled[field] = fillList(ids);
      }
    }
    for (const field of ['function', 'focus', 'hideFrames'] as const) {
      const pattern = query[field];
      if (pattern) {
        filled[field] = fillPattern(pattern, fillIn);
      }
    }
    for (const field of ['normalise', 'legendFormat'] as const) {
      const text = query[field];
      if (text) {
        filled[field] = fill(text);
      }
    }
    if (query.baseline) {
      filled.baseline = this.fillBaseline(query.baseline, fillIn, scopedVars);
    }
    return withFilters(isText(query) ? this.fillText(filled, fillIn, scopedVars) : filled, filters);
  }

  /** What is no selector goes on as it is, for the backend to say what is wrong with it. */
  private fillSelector(selector: string, fillIn: FillIn, scopedVars?: ScopedVars): string {
    return interpolateSelector(selector, fillIn) ?? this.templates.replace(selector, scopedVars);
  }

  private fillBaseline(baseline: Baseline, fillIn: FillIn, scopedVars?: ScopedVars): Baseline {
    const { labelSelector, profileTypeId, offset } = baseline;
    return {
      ...baseline,
      ...(labelSelector && { labelSelector: this.fillSelector(labelSelector, fillIn, scopedVars) }),
      ...(profileTypeId && { profileTypeId: this.templates.replace(profileTypeId, scopedVars) }),
      ...(offset && { offset: this.templates.replace(offset, scopedVars) }),
    };
  }

  private fillText(query: ProfilesQuery, fillIn: FillIn, scopedVars?: ScopedVars): ProfilesQuery {
    const text = query.flameql ?? '';
    const filled = interpolateText(text, fillIn);
    return {
      ...query,
      flameql: filled?.text ?? this.templates.replace(text, scopedVars),
      // The backend tells the reader that this is the profile of the whole service.
      ...(filled?.lacksSpan && { spanSelector: [ABSENT_SPAN] }),
    };
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

import { type Observable, of } from 'rxjs';

import type {
  CoreApp,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceInstanceSettings,
  ScopedVars,
} from '@grafana/data';
import { config, DataSourceWithBackend, getBackendSrv, getTemplateSrv, type TemplateSrv } from '@grafana/runtime';

import { defaultQuery, queryTypeFor } from './defaultQuery';
import { EVERYTHING, readSavedQuery, splitIds } from './migrate';
import { describeProfileType } from './profileTypes/wording';
import type { ProfilesQuery } from './query';
import { Discovery } from './resources/Discovery';
import type { Span } from './resources/span';
import { interpolateSelector } from './selector/interpolate';
import { scopeOf } from './selector/selector';
import type { ProfilesOptions } from './settings';
import { fillingsOf } from './templates';
import { ProfilesVariables } from './variables/ProfilesVariables';

/** Type and selector of a query: what is already chosen when more is to be chosen. Variables may stand in both. */
export type Scope = Pick<ProfilesQuery, 'profileTypeId' | 'labelSelector'>;

export class ProfilesDatasource extends DataSourceWithBackend<ProfilesQuery, ProfilesOptions> {
  readonly discovery: Discovery;
  /** Grafana's standard editor and mapping of fields; without the object an annotation has no editor. */
  annotations = {};

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
    const spans = query.spanSelector ?? [];
    return query.profileTypeId !== '' || query.labelSelector !== EVERYTHING || spans.length > 0;
  }

  query(request: DataQueryRequest<ProfilesQuery>): Observable<DataQueryResponse> {
    // A public dashboard keeps the queries to itself and sends only which panel it is.
    if (config.publicDashboardAccessToken) {
      return super.query(request);
    }
    const targets = request.targets
      .map((saved) => readSavedQuery(saved))
      .filter((query) => this.filterQuery(query))
      .map((query) => ({ ...query, queryType: queryTypeFor(query.queryType, request.app) }));
    return targets.length === 0 ? of({ data: [] }) : super.query({ ...request, targets });
  }

  applyTemplateVariables(saved: ProfilesQuery, scopedVars?: ScopedVars): ProfilesQuery {
    const query = readSavedQuery(saved);
    const fillIn = fillingsOf(this.templates, scopedVars);
    // What is no selector goes on as it is, for the backend to say what is wrong with it.
    const labelSelector =
      interpolateSelector(query.labelSelector, fillIn) ?? this.templates.replace(query.labelSelector, scopedVars);
    /** A variable of several values stands for each of them; ids that were not filled in are for the backend to explain. */
    const fillList = (texts: string[]) =>
      texts.flatMap((text) => splitIds(this.templates.replace(text, scopedVars, 'csv')));
    return {
      ...query,
      labelSelector,
      profileTypeId: this.templates.replace(query.profileTypeId, scopedVars),
      groupBy: fillList(query.groupBy),
      ...(query.spanSelector && { spanSelector: fillList(query.spanSelector) }),
      ...(query.profileIdSelector && { profileIdSelector: fillList(query.profileIdSelector) }),
      ...(query.traceIdSelector && { traceIdSelector: fillList(query.traceIdSelector) }),
    };
  }

  getQueryDisplayText(saved: ProfilesQuery): string {
    const { profileTypeId, labelSelector, groupBy } = readSavedQuery(saved);
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

  /** The dashboard's variables as they are written in a query. */
  variableNames(): string[] {
    return this.templates.getVariables().map(({ name }) => `$${name}`);
  }

  private selectorOf(scope: Scope, scopedVars?: ScopedVars, without?: string): string {
    const { labelSelector, profileTypeId } = this.applyTemplateVariables(
      { refId: '', groupBy: [], ...scope },
      scopedVars
    );
    return scopeOf(labelSelector, profileTypeId, without);
  }
}

import { firstValueFrom, isObservable, type Observable, of } from 'rxjs';

import { CoreApp, type DataQueryRequest, type DataQueryResponse, type ScopedVars } from '@grafana/data';
import { config, DataSourceWithBackend, type FetchResponse } from '@grafana/runtime';

import { CPU, datasourceWith, QUERY, RANGE, templatesOf } from './editor/testing';
import type { ProfilesQuery } from './query';

const ask = jest
  .spyOn(DataSourceWithBackend.prototype, 'query')
  .mockImplementation((request) => of({ data: request.targets }) as Observable<DataQueryResponse>);

beforeEach(() => ask.mockClear());

function targetsOf(targets: object[], app: string = CoreApp.Dashboard, datasource = datasourceWith()) {
  const answer = datasource.query({ targets, app, range: RANGE } as DataQueryRequest<ProfilesQuery>);
  // Tempo's embedded flame graph subscribes to what it gets.
  expect(isObservable(answer)).toBe(true);
  return firstValueFrom(answer).then(({ data }) => data as unknown as ProfilesQuery[]);
}

describe('query', () => {
  it('asks for both only in Explore, and for numbers in alerting', async () => {
    expect((await targetsOf([QUERY], CoreApp.Explore))[0].queryType).toBe('both');
    expect((await targetsOf([QUERY]))[0].queryType).toBe('profile');
    expect((await targetsOf([QUERY], CoreApp.UnifiedAlerting))[0].queryType).toBe('metrics');
  });

  it('does not ask about a query in which nothing was chosen', async () => {
    expect(await targetsOf([{ refId: 'A' }, { refId: 'B', labelSelector: '{}', profileTypeId: '' }])).toEqual([]);
    expect(ask).not.toHaveBeenCalled();
  });

  it("asks about Tempo's span without a profile type, which the backend chooses", async () => {
    const link = { refId: 'profile', profileTypeId: '', labelSelector: '{a="b"}', spanSelector: ['61940201a61f3e83'] };
    expect(await targetsOf([link], CoreApp.Explore)).toHaveLength(1);
  });

  it('reads a query that the core datasource saved with odd fields', async () => {
    const [target] = await targetsOf([
      { refId: 'A', profileTypeId: CPU, labelSelector: '', groupBy: null, limit: '0' },
    ]);
    expect(target).toMatchObject({ labelSelector: '{}', groupBy: [], limit: undefined });
  });

  it('lets a public dashboard ask for its panel, whose queries it does not know', async () => {
    config.publicDashboardAccessToken = 'token';
    expect(await targetsOf([{ refId: 'A' }])).toEqual([{ refId: 'A' }]);
    config.publicDashboardAccessToken = undefined;
  });
});

describe('variables', () => {
  const templates = templatesOf({ type: CPU, service: 'orders', label: 'pod,namespace', span: 'a1,b2' });

  it('are filled in everywhere', () => {
    const query = datasourceWith(undefined, templates).applyTemplateVariables({
      refId: 'A',
      profileTypeId: '$type',
      labelSelector: '{service_name="$service"}',
      groupBy: ['$label'],
      spanSelector: ['$span'],
      traceIdSelector: ['$span'],
    });
    expect(query).toMatchObject({
      profileTypeId: CPU,
      labelSelector: '{service_name="orders"}',
      groupBy: ['pod', 'namespace'],
      spanSelector: ['a1', 'b2'],
      traceIdSelector: ['a1', 'b2'],
    });
  });

  it('that were not filled in reach the backend, which says so', () => {
    const spanSelector = ['${__span.tags["pyroscope.profile.id"]}'];
    expect(datasourceWith().applyTemplateVariables({ ...QUERY, spanSelector }).spanSelector).toEqual(spanSelector);
    const labelSelector = '{service_name=';
    expect(datasourceWith().applyTemplateVariables({ ...QUERY, labelSelector }).labelSelector).toBe(labelSelector);
  });

  it('are filled in before the query goes to Explore', () => {
    const [query] = datasourceWith(undefined, templates).interpolateVariablesInQueries(
      [{ ...QUERY, profileTypeId: '$type' }],
      {} as ScopedVars
    );
    expect(query.profileTypeId).toBe(CPU);
  });

  it('narrow what is offered', async () => {
    const fetchResource = jest.fn(() => of({ data: ['a-1'] } as unknown as FetchResponse<unknown>));
    const datasource = datasourceWith(fetchResource, templates);
    const scope = { profileTypeId: '$type', labelSelector: '{service_name="$service", pod="x"}' };
    await firstValueFrom(datasource.labelValues('pod', scope, { start: 0, end: 60_000 }));
    expect(fetchResource).toHaveBeenCalledWith('labelValues', {
      label: 'pod',
      query: `{__profile_type__="${CPU}", service_name="orders"}`,
      start: 0,
      end: 60_000,
    });
    expect(datasource.variableNames()).toEqual(['$type', '$service', '$label', '$span']);
  });
});

it.each([
  [QUERY, 'Time on CPU {service_name="checkout"}'],
  [{ ...QUERY, groupBy: ['pod', 'zone'] }, 'Time on CPU {service_name="checkout"} by (pod, zone)'],
  [{ refId: 'A' } as ProfilesQuery, '{}'],
])('tells a query in one line', (query, text) => {
  expect(datasourceWith().getQueryDisplayText(query)).toBe(text);
});

it('has an editor for annotations', () => {
  expect(datasourceWith().annotations).toEqual({});
});

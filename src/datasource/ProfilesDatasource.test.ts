import { firstValueFrom, isObservable, type Observable, of } from 'rxjs';

import {
  AbstractLabelOperator,
  CoreApp,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type ScopedVars,
} from '@grafana/data';
import { config, DataSourceWithBackend, type FetchResponse } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';

import { CPU, datasourceWith, QUERY, RANGE, templatesOf } from './editor/testing';
import type { ProfilesQuery } from './query';

const ask = jest.spyOn(DataSourceWithBackend.prototype, 'query').mockImplementation(({ targets }) => {
  const frames = targets.map((target) => ({ ...target, length: 0, fields: [] }));
  return of({ data: frames }) as Observable<DataQueryResponse>;
});

beforeEach(() => ask.mockClear());

function targetsOf(targets: object[], app: string = CoreApp.Dashboard, datasource = datasourceWith()) {
  const answer = datasource.query({ targets, app, range: RANGE } as DataQueryRequest<ProfilesQuery>);
  // Tempo's embedded flame graph subscribes to what it gets.
  expect(isObservable(answer)).toBe(true);
  return firstValueFrom(answer).then(({ data }) =>
    data.map(({ length: _, fields: __, ...target }) => target as unknown as ProfilesQuery)
  );
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

  it('is left in its frames in Explore, whose panels get no request', async () => {
    const meta = async (app: CoreApp) => {
      const request = { targets: [QUERY], app, range: RANGE } as unknown as DataQueryRequest<ProfilesQuery>;
      const { data } = await firstValueFrom(datasourceWith().query(request));
      return data[0].meta?.custom;
    };
    expect(await meta(CoreApp.Explore)).toEqual({ asked: QUERY });
    expect(await meta(CoreApp.Dashboard)).toBeUndefined();
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

describe('a query as text', () => {
  const templates = templatesOf({ service: 'orders', query: 'cpu{service_name="$service"} by (pod)' });

  it('is asked when it says something', async () => {
    expect(
      await targetsOf([
        { refId: 'A', flameql: 'cpu' },
        { refId: 'B', flameql: ' ', editorMode: 'code' },
      ])
    ).toEqual([expect.objectContaining({ refId: 'A', flameql: 'cpu' })]);
  });

  it('has its variables filled in, one that holds the whole query too', () => {
    const query = datasourceWith(undefined, templates).applyTemplateVariables({ ...QUERY, flameql: '$query' });
    expect(query.flameql).toBe('cpu{service_name="orders"} by (pod)');
  });

  it('with a fault reaches the backend, which says where it is', () => {
    expect(datasourceWith().applyTemplateVariables({ ...QUERY, flameql: 'cpu{' }).flameql).toBe('cpu{');
  });

  it('lets the backend say that a span has no profile of its own', () => {
    const flameql = 'cpu span ("${__span.tags["pyroscope.profile.id"]}")';
    expect(datasourceWith().applyTemplateVariables({ ...QUERY, flameql })).toMatchObject({
      flameql: 'cpu',
      spanSelector: ['$__span'],
    });
  });

  it('is told as it is', () => {
    expect(datasourceWith().getQueryDisplayText({ ...QUERY, flameql: ' cpu vs offset 1h' })).toBe('cpu vs offset 1h');
  });
});

it('fills variables into every other field', () => {
  const templates = templatesOf({ v: '2', f: 'json', back: '1d', mode: 'rate' });
  const query = datasourceWith(undefined, templates).applyTemplateVariables({
    ...QUERY,
    baseline: { labelSelector: '{version="$v"}', offset: '$back' },
    function: '^$f',
    focus: '$f',
    hideFrames: 'a$f',
    normalise: '$mode',
  });
  expect(query).toMatchObject({
    baseline: { labelSelector: '{version="2"}', offset: '1d' },
    function: '^json',
    focus: 'json',
    hideFrames: 'ajson',
    normalise: 'rate',
  });
});

describe('ad hoc filters', () => {
  const filters = [{ key: 'pod', operator: '=', value: 'a-1' }];

  it('are offered from what the profiles have', async () => {
    const fetchResource = jest.fn((path: string) => of({ data: [path] } as unknown as FetchResponse<unknown>));
    const datasource = datasourceWith(fetchResource);
    expect(await datasource.getTagKeys({ filters, timeRange: RANGE })).toEqual([{ text: 'labelNames' }]);
    expect(await datasource.getTagValues({ key: 'zone', filters, timeRange: RANGE })).toEqual([
      { text: 'labelValues' },
    ]);
    expect(fetchResource).toHaveBeenLastCalledWith('labelValues', {
      label: 'zone',
      query: '{pod="a-1"}',
      start: 3_600_000,
      end: 7_200_000,
    });
  });

  it('hold for every query', () => {
    const query = datasourceWith().applyTemplateVariables(QUERY, {}, filters);
    expect(query.labelSelector).toBe('{service_name="checkout", pod="a-1"}');
  });

  it('that profiles cannot be filtered by are refused with a sentence', async () => {
    const request = { targets: [QUERY], range: RANGE, filters: [{ key: 'pod', operator: '<', value: '3' }] };
    const answer = await firstValueFrom(datasourceWith().query(request as unknown as DataQueryRequest<ProfilesQuery>));
    expect(answer.errors?.[0]?.message).toContain('cannot be compared by <');
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('queries of other datasources', () => {
  const imported = (queries: DataQuery[], from: DataSourceApi) =>
    // Grafana deprecates it, and has no other way to hand over whole queries.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    datasourceWith().importQueries(queries, from);

  it("are kept whole when they come from core's", async () => {
    const from = {
      type: 'grafana-pyroscope-datasource',
      exportToAbstractQueries: jest.fn(),
    } as unknown as DataSourceApi;
    expect(await imported([QUERY], from)).toEqual([QUERY]);
    expect(datasourceWith()).not.toHaveProperty('importFromAbstractQueries');
  });

  it('give their labels when they have any', async () => {
    const labels = { refId: 'A', labelMatchers: [{ name: 'job', operator: AbstractLabelOperator.Equal, value: 'x' }] };
    const from = { type: 'loki', exportToAbstractQueries: () => Promise.resolve([labels]) } as unknown as DataSourceApi;
    const [query] = await imported([{ refId: 'A' }], from);
    expect(query?.labelSelector).toBe('{job="x"}');
    expect(await datasourceWith().exportToAbstractQueries([query!])).toEqual([labels]);
  });
});

it('remembers the functions of its answers', async () => {
  const datasource = datasourceWith();
  const frame = { length: 1, fields: [{ name: 'function', type: 'string', config: {}, values: ['main.run'] }] };
  ask.mockReturnValueOnce(of({ data: [frame] }));
  await firstValueFrom(datasource.query({ targets: [QUERY], range: RANGE } as DataQueryRequest<ProfilesQuery>));
  expect(datasource.seenFunctions.list()).toEqual(['main.run']);
});

it('asks for deploys where a dashboard wants annotations', () => {
  const { annotations } = datasourceWith();
  const anno = { name: 'Deploys', enable: true, iconColor: 'red' };
  expect(annotations.prepareQuery?.({ ...anno, target: QUERY })).toEqual({ ...QUERY, deploys: true });
  const regressions = { ...QUERY, queryType: 'regressions' as const, baseline: { offset: '1h' } };
  expect(annotations.prepareQuery?.({ ...anno, target: regressions })).toEqual({ ...regressions, findings: true });
  expect(annotations.prepareQuery?.(anno)).toBeUndefined();
});

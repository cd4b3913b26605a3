import { readFileSync } from 'fs';
import { join } from 'path';
import { firstValueFrom, of } from 'rxjs';

import { CoreApp, type DataQueryRequest } from '@grafana/data';
import { DataSourceWithBackend, type FetchResponse } from '@grafana/runtime';

import { CPU, datasourceWith, MEMORY, RANGE, RESOURCES, templatesOf } from './editor/testing';
import type { ProfilesQuery } from './query';
import { ProfilesVariables } from './variables/ProfilesVariables';
import type { VariableQuery } from './variables/variableQuery';

interface Dashboard {
  templating: { list: Array<{ name: string; query: unknown }> };
  panels: Array<{ title: string; targets: ProfilesQuery[] }>;
}

const TEXT = readFileSync(join(__dirname, '../../testdata/dashboards/core-datasource.json'), 'utf8');

/** All that somebody does who moves from core's datasource to this one. */
const DASHBOARD = JSON.parse(
  TEXT.replaceAll('grafana-pyroscope-datasource', 'flamewatch-profiles-datasource').replaceAll(
    '"uid": "pyroscope"',
    '"uid": "ds"'
  )
) as Dashboard;

const templates = templatesOf({ profileType: CPU, service: 'checkout', label: 'pod' });

it('lists the values of its variables, each narrowed by those before it', async () => {
  const asked: unknown[] = [];
  const datasource = datasourceWith((path, params) => {
    asked.push([path, params.label, params.query]);
    return of({ data: RESOURCES[path](params) } as FetchResponse<unknown>);
  }, templates);
  const variables = new ProfilesVariables(datasource);
  const lists = DASHBOARD.templating.list.map(({ query }) => {
    const request = { targets: [query], range: RANGE, scopedVars: {} } as DataQueryRequest<VariableQuery>;
    return firstValueFrom(variables.query(request));
  });
  const values = (await Promise.all(lists)).map(({ data }) => data.length);
  expect(values).toEqual([2, 2, 3]);
  expect(asked).toEqual([
    ['profileTypes', undefined, undefined],
    ['labelValues', 'service_name', `{__profile_type__="${CPU}"}`],
    ['labelNames', undefined, `{__profile_type__="${CPU}"}`],
  ]);
});

it('asks what it asked core', () => {
  const ask = jest.spyOn(DataSourceWithBackend.prototype, 'query').mockReturnValue(of({ data: [] }));
  const datasource = datasourceWith(undefined, templates);
  const sent = DASHBOARD.panels.map(({ targets }) => {
    datasource.query({ targets, app: CoreApp.Dashboard, range: RANGE } as DataQueryRequest<ProfilesQuery>);
    return ask.mock.lastCall![0].targets.map((target) => datasource.applyTemplateVariables(target as ProfilesQuery));
  });
  expect(sent).toMatchObject([
    [
      {
        profileTypeId: CPU,
        labelSelector: '{service_name=~"checkout", route="/orders/:id"}',
        queryType: 'profile',
        spanSelector: [],
        datasource: { type: 'flamewatch-profiles-datasource', uid: 'ds' },
      },
    ],
    [
      {
        profileTypeId: CPU,
        labelSelector: '{service_name="checkout"}',
        queryType: 'metrics',
        groupBy: ['pod'],
        limit: 5,
      },
      { refId: 'B', hide: true, profileTypeId: MEMORY, labelSelector: '{}', groupBy: [], maxNodes: undefined },
    ],
    [{ queryType: 'profile', groupBy: [], spanSelector: ['61940201a61f3e83', '71940201a61f3e83'] }],
  ]);
});

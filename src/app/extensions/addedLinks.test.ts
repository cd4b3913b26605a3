import { dateTime, type DataSourceInstanceSettings } from '@grafana/data';
import { config, locationService, setTemplateSrv, type TemplateSrv } from '@grafana/runtime';

import pluginJson from '../../plugin.json';

import { addedLinks } from './addedLinks';

const { profileOfQueries, profileOfAlert, profileOfTrace, profilesOfSpans } = addedLinks;

const trace = {
  traceID: '7c9e66797425440de944be07fc1f90ae',
  spans: [
    {
      spanID: '61940201a61f3e83',
      processID: 'p1',
      startTime: 1_763_878_748_607_000,
      duration: 200_500,
      tags: [{ key: 'pyroscope.profile.id', value: '61940201a61f3e83' }],
    },
  ],
  processes: { p1: { serviceName: 'checkout' } },
  datasource: { uid: 'tempo', type: 'tempo' },
};

/** Data sources as Grafana lists them, with what Tempo's settings say of profiles. */
function datasources(tracesToProfiles?: object) {
  const settings = (uid: string, type: string, jsonData: object = {}) =>
    ({ uid, type, name: uid, jsonData }) as unknown as DataSourceInstanceSettings;
  config.datasources = {
    ours: settings('hot', 'flamewatch-profiles-datasource'),
    traces: settings('tempo', 'tempo', { tracesToProfiles }),
  };
}

beforeAll(() => setTemplateSrv({ replace: (text = '') => text.replace('$service', 'checkout') } as TemplateSrv));
beforeEach(() => datasources());

it('are those that plugin.json announces, which Grafana holds them to', () => {
  const announced = Object.values(addedLinks).map(({ title, targets, description }) => ({
    targets,
    title,
    description,
  }));
  expect(announced).toEqual(pluginJson.extensions.addedLinks);
});

it('lead from queries to their service, in their range', () => {
  const expr = 'rate(process_cpu_seconds_total{service="$service"}[5m])';
  const context = {
    targets: [{ datasource: { type: 'prometheus' }, expr }],
    timeRange: { from: dateTime(1000), to: 'now' },
  };
  expect(profileOfQueries.configure?.(context)?.path).toBe(
    '/a/flamewatch-profiles-app/explore?from=1000&to=now&var-service=checkout'
  );
  // Grafana's menus cut off longer ones.
  expect(profileOfQueries.configure?.(context)?.title?.length).toBeLessThan(25);
  expect(profileOfQueries.configure?.({ targets: [] })).toBeUndefined();
  expect(profileOfQueries.configure?.(undefined)).toBeUndefined();
});

it('take the data source of a query from the last request where the panel leaves it out', () => {
  const query = { refId: 'A', labelSelector: '{service_name="$service"}' };
  const request = { targets: [{ ...query, datasource: { type: 'flamewatch-profiles-datasource', uid: 'hot' } }] };
  expect(profileOfQueries.configure?.({ targets: [query] })).toBeUndefined();
  expect(profileOfQueries.configure?.({ targets: [query], data: { request } })?.path).toBe(
    '/a/flamewatch-profiles-app/explore?var-ds=hot&var-service=checkout'
  );
});

it('lead from an alert to its service', () => {
  expect(profileOfAlert.configure?.({ instance: { labels: { service_name: 'checkout' } } })?.path).toBe(
    '/a/flamewatch-profiles-app/explore?from=now-1h&to=now&var-service=checkout'
  );
  expect(profileOfAlert.configure?.({ instance: { labels: { severity: 'x' } } })).toBeUndefined();
  expect(profileOfAlert.configure?.({})).toBeUndefined();
});

describe('of a trace', () => {
  const open = () => {
    locationService.replace('/');
    profileOfTrace.onClick?.(undefined, { context: trace } as never);
    const { pathname, search } = locationService.getLocation();
    return { pathname, pane: JSON.parse(new URLSearchParams(search).get('panes') ?? '{}').left };
  };

  it('opens Explore with its spans', () => {
    expect(profileOfTrace.configure?.(trace)).toBeDefined();
    const { pathname, pane } = open();
    expect(pathname).toBe('/explore');
    expect(pane).toMatchObject({ datasource: 'hot', queries: [{ spanSelector: ['61940201a61f3e83'] }] });
  });

  it("does not follow Tempo's settings to profiles that are not ours", () => {
    datasources({ datasourceUid: 'pyro', profileTypeId: 'cpu' });
    expect(open().pane).toMatchObject({ datasource: 'hot', queries: [{ profileTypeId: 'cpu' }] });
  });

  it('lists its spans in the app, in its own time', () => {
    const timed = { ...trace, startTime: 1_763_878_748_607_000, endTime: 1_763_878_748_807_500 };
    expect(profilesOfSpans.configure?.(timed)?.path).toBe(
      `/a/flamewatch-profiles-app/traces?from=1763878748607&to=1763878748808&var-traces=tempo&trace=${trace.traceID}`
    );
    expect(profilesOfSpans.configure?.({ ...trace, spans: [] })).toBeUndefined();
    // The screen asks a Tempo.
    expect(profilesOfSpans.configure?.({ ...trace, datasource: { uid: 'j', type: 'jaeger' } })).toBeUndefined();
    expect(profilesOfSpans.configure?.(undefined)).toBeUndefined();
  });

  it('is not offered where no span has a profile', () => {
    expect(profileOfTrace.configure?.({ ...trace, spans: [] })).toBeUndefined();
    expect(profileOfTrace.configure?.(undefined)).toBeUndefined();
    config.datasources = {};
    expect(profileOfTrace.configure?.(trace)).toBeUndefined();
  });
});

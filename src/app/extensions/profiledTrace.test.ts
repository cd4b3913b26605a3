import { sharedTags } from '../../links/spanProfile';

import { profiledSpansOf, profileUrlOfTrace, type TraceContext } from './profiledTrace';

const trace: TraceContext = {
  traceID: '7c9e66797425440de944be07fc1f90ae',
  spans: [
    {
      spanID: '61940201a61f3e83',
      processID: 'p1',
      startTime: 1_763_878_748_607_000,
      duration: 200_500,
      tags: [{ key: 'pyroscope.profile.id', value: '61940201a61f3e83' }],
    },
    { spanID: '00000000000000aa', processID: 'p1', startTime: 1_763_878_748_700_000, duration: 100 },
    {
      spanID: '00000000000000bb',
      processID: 'p2',
      startTime: 1_763_878_748_650_000,
      duration: 1_000_000,
      tags: [
        { key: 'pyroscope.profile.id', value: '00000000000000bb' },
        { key: 'http.status_code', value: 200 },
      ],
    },
  ],
  processes: {
    p1: { serviceName: 'checkout', tags: [{ key: 'service.namespace', value: 'shop' }] },
    p2: { serviceName: 'stock', tags: [{ key: 'service.namespace', value: 'shop' }] },
  },
};

const queryOf = (url: string | undefined) => {
  const { queries, range } = JSON.parse(new URL(url ?? '', 'http://grafana').searchParams.get('panes') ?? '').left;
  return { ...queries[0], range };
};

it('takes the spans that carry an id, with the tags of their process', () => {
  const spans = profiledSpansOf(trace);
  expect(spans.map(({ profileId }) => profileId)).toEqual(['61940201a61f3e83', '00000000000000bb']);
  expect(spans[1].tags).toMatchObject({ 'service.name': 'stock', 'http.status_code': '200' });
  expect(sharedTags(spans)).toEqual({ 'service.namespace': 'shop' });
});

it('selects all of them in one query, by what the services share', () => {
  expect(queryOf(profileUrlOfTrace(trace, { datasourceUid: 'hot', profileTypeId: 'cpu' }, 'other'))).toMatchObject({
    datasource: { uid: 'hot' },
    profileTypeId: 'cpu',
    labelSelector: '{service_namespace="shop"}',
    spanSelector: ['61940201a61f3e83', '00000000000000bb'],
    traceIdSelector: [trace.traceID],
    range: { from: '1763878748607', to: '1763878749650' },
  });
});

it("follows the tags of Tempo's settings", () => {
  const one = { ...trace, spans: trace.spans?.slice(0, 2) };
  const tags = [{ key: 'service.name', value: 'app' }];
  const query = queryOf(profileUrlOfTrace(one, { tags }, 'hot'));
  expect(query).toMatchObject({ labelSelector: '{app="checkout"}', datasource: { uid: 'hot' } });
  expect(query).not.toHaveProperty('traceIdSelector');
});

it.each<[string, TraceContext, string | undefined]>([
  ['no span with an id', { ...trace, spans: trace.spans?.slice(1, 2) }, 'hot'],
  ['no trace', {}, 'hot'],
  ['no data source of profiles', trace, undefined],
])('has nothing to offer: %s', (_, context, fallback) => {
  expect(profileUrlOfTrace(context, undefined, fallback)).toBeUndefined();
});

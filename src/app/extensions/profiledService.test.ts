import { type AnyQuery, profiledServiceOf, serviceOfLabels } from './profiledService';

const fillIn = (text: string) => text.replace('$service', 'checkout').replace('${datasource}', 'hot');
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const ours = { type: 'flamewatch-profiles-datasource', uid: 'hot' };

it.each<[string, AnyQuery, object | undefined]>([
  [
    'our query',
    { datasource: ours, profileTypeId: CPU, labelSelector: '{service_name="checkout", pod="a"}' },
    { service: 'checkout', profileTypeId: CPU, datasourceUid: 'hot' },
  ],
  [
    'our query of a dashboard whose data source is a variable',
    { datasource: { ...ours, uid: '${datasource}' }, labelSelector: '{service_name="$service"}' },
    { service: 'checkout', datasourceUid: 'hot' },
  ],
  [
    'our query as text',
    { datasource: ours, flameql: 'cpu{service_name="checkout"} by (pod)', labelSelector: '{}' },
    { service: 'checkout', datasourceUid: 'hot' },
  ],
  [
    "core's query",
    { datasource: { type: 'grafana-pyroscope-datasource', uid: 'pyro' }, labelSelector: '{service_name="checkout"}' },
    { service: 'checkout' },
  ],
  [
    'TraceQL',
    { datasource: { type: 'tempo' }, query: '{resource.service.name = "check\\"out" && duration > 1s}' },
    { service: 'check"out' },
  ],
  ['TraceQL without a scope', { datasource: { type: 'tempo' }, query: '{.service.name="a"}' }, { service: 'a' }],
  [
    "Tempo's search form",
    { datasource: { type: 'tempo' }, query: '', filters: [{ tag: 'service.name', value: ['checkout'] }] },
    { service: 'checkout' },
  ],
  [
    'CPU of a process',
    { datasource: { type: 'prometheus' }, expr: 'rate(process_cpu_seconds_total{job="j", service="checkout"}[5m])' },
    { service: 'checkout' },
  ],
  [
    'CPU of a container',
    { datasource: { type: 'prometheus' }, expr: 'sum(rate(container_cpu_usage_seconds_total{app="$service"}[5m]))' },
    { service: 'checkout' },
  ],
  [
    'a metric of something else',
    { datasource: { type: 'prometheus' }, expr: 'rate(http_requests_total{job="a"}[5m])' },
    undefined,
  ],
  ['a metric without a service', { datasource: { type: 'prometheus' }, expr: 'process_cpu_seconds_total' }, undefined],
  [
    'a regular expression of services',
    { datasource: ours, profileTypeId: CPU, labelSelector: '{service_name=~"a|b"}' },
    undefined,
  ],
  ['an unknown variable', { datasource: ours, labelSelector: '{service_name="$other"}' }, undefined],
  ['another label that ends so', { datasource: ours, labelSelector: '{my_service_name="a"}' }, undefined],
  ['another data source', { datasource: { type: 'loki' }, expr: '{service_name="a"}' }, undefined],
  ['no data source', { refId: 'A' }, undefined],
  ['none', { datasource: null }, undefined],
])('%s', (_, query, expected) => {
  const found = profiledServiceOf([query], fillIn);
  expect(found && JSON.parse(JSON.stringify(found))).toEqual(expected);
});

it('takes the first query that is about a service', () => {
  const queries = [{ datasource: { type: 'loki' } }, { datasource: ours, labelSelector: '{service_name="b"}' }];
  expect(profiledServiceOf(queries, fillIn)?.service).toBe('b');
  expect(profiledServiceOf([], fillIn)).toBeUndefined();
});

it('reads the labels of an alert', () => {
  expect(serviceOfLabels({ job: 'a', service_name: 'b' })).toBe('b');
  expect(serviceOfLabels({ severity: 'warning', service_name: '' })).toBeUndefined();
  expect(serviceOfLabels()).toBeUndefined();
});

import { readRules } from './ourRules';

const rule = {
  uid: 'r1',
  name: 'Regressions',
  type: 'alerting',
  state: 'inactive',
  health: 'ok',
  query: '[{"queryType":"","model":{"queryType":"silent"}}]',
  labels: {},
  annotations: { runbook_url: '{{ externalURL }}a/x' },
  queriedDatasourceUIDs: ['ds', '__expr__'],
  lastEvaluation: '2026-11-29T10:00:00Z',
  totals: {},
};

const answer = (...rules: object[]) => ({
  status: 'success',
  data: { groups: [{ name: 'profiles', file: 'Flamewatch', interval: 60, rules }] },
});

const read = (...parts: object[]) => readRules(answer(...parts.map((part) => ({ ...rule, ...part }))), ['ds']);

it('reads a rule with its state', () => {
  expect(read({ state: 'firing', totals: { alerting: 3 }, provenance: 'file' })).toEqual([
    {
      uid: 'r1',
      title: 'Regressions',
      folder: 'Flamewatch',
      group: 'profiles',
      state: 'firing',
      lastError: undefined,
      labels: {},
      annotations: { runbook_url: '{{ externalURL }}a/x' },
      queryTypes: ['silent'],
      firing: 3,
      raised: [],
      evaluatedAt: Date.parse('2026-11-29T10:00:00Z'),
      every: 60,
      isProvisioned: true,
    },
  ]);
});

it('has the alerts that fire, then those that are about to', () => {
  const alert = (state: string, service_name: string) => ({
    state,
    labels: { service_name },
    annotations: { summary: 1 },
  });
  const alerts = [alert('Normal', 'a'), alert('Pending', 'b'), alert('Alerting', 'c'), null];
  const [{ firing, raised }] = read({ state: 'firing', alerts });
  expect(firing).toBe(1);
  expect(raised).toEqual([
    { labels: { service_name: 'c' }, annotations: {} },
    { labels: { service_name: 'b' }, annotations: {} },
  ]);
});

it.each([
  ['by its data source', {}, 1],
  ['by our label', { queriedDatasourceUIDs: [], labels: { flamewatch: 'regressions' } }, 1],
  [
    'by the type in its query, which older servers send',
    { queriedDatasourceUIDs: undefined, query: '[{"datasource":{"type":"flamewatch-profiles-datasource"}}]' },
    1,
  ],
  ['not another', { queriedDatasourceUIDs: ['prometheus'] }, 0],
  ['no recording rule', { type: 'recording' }, 0],
])('finds ours %s', (_, part, count) => {
  expect(read(part)).toHaveLength(count);
});

it.each([
  [{ state: 'inactive', health: 'error', lastError: 'server is down' }, 'error'],
  [{ state: 'inactive', health: 'nodata' }, 'nodata'],
  [{ state: 'firing', isPaused: true }, 'paused'],
  [{ state: 'firing', health: 'error' }, 'firing'],
  [{ state: 'unheard of' }, 'inactive'],
])('%j is %s', (part, state) => {
  expect(read(part)[0].state).toBe(state);
});

it('puts first what asks for an eye', () => {
  const states = read(
    { uid: '1', name: 'b' },
    { uid: '2', name: 'a' },
    { uid: '3', name: 'z', state: 'firing' },
    { uid: '4', name: 'y', health: 'error' }
  );
  expect(states.map(({ uid }) => uid)).toEqual(['3', '4', '2', '1']);
});

it.each([null, 'text', {}, { data: { groups: [null, { rules: [null, {}, { uid: 1 }] }] } }])(
  'finds none in %j',
  (body) => {
    expect(readRules(body, ['ds'])).toEqual([]);
  }
);

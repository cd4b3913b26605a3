/** What `npm run smoke` finds right and wrong, with a stand-in for Grafana. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import { checks, smoke } from './smoke.mjs';

const right = {
  '/api/health': { database: 'ok' },
  '/api/plugins/flamewatch-profiles-app/settings': { enabled: true },
  '/api/datasources/uid/flamewatch/health': { status: 'OK' },
  '/api/search': [
    'flamewatch-service-profile',
    'flamewatch-profile-regressions',
    'flamewatch-pyroscope-health',
    'flamewatch-profiling-cost',
  ].map((uid) => ({ uid })),
  '/api/ds/query': { results: { A: { frames: [{ data: { values: [[0, 1, 2]] } }] } } },
  '/api/datasources/proxy/uid/prometheus/api/v1/query': { data: { result: [{}] } },
  '/api/datasources/proxy/uid/tempo/api/search': { traces: [{}] },
};

let answers = right;
let queries = 0;
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  queries += pathname === '/api/ds/query' ? 1 : 0;
  const answer = typeof answers[pathname] === 'function' ? answers[pathname]() : answers[pathname];
  response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(answer ?? { message: 'nothing here' }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => server.close());
const url = `http://127.0.0.1:${server.address().port}`;
const quick = { within: 0, pause: 1 };

test('a Grafana where all is right', async () => {
  answers = right;
  assert.deepEqual([...(await smoke(url, quick)).keys()], []);
});

for (const [what, changed, name, reason] of [
  [
    'an app that is off',
    { '/api/plugins/flamewatch-profiles-app/settings': { enabled: false } },
    'The app is switched on',
    /not enabled/,
  ],
  [
    'a Pyroscope that is down',
    { '/api/datasources/uid/flamewatch/health': { status: 'ERROR', message: 'down' } },
    'The datasource reaches Pyroscope',
    /ERROR: down/,
  ],
  [
    'a dashboard that is missing',
    { '/api/search': right['/api/search'].slice(1) },
    'The dashboards are there',
    /Service profile/,
  ],
  [
    'a Prometheus that scrapes nothing',
    { '/api/datasources/proxy/uid/prometheus/api/v1/query': { data: { result: [] } } },
    'Prometheus has durations of requests',
    /has none/,
  ],
  [
    'a Tempo without spans',
    { '/api/datasources/proxy/uid/tempo/api/search': {} },
    'Tempo has spans with profiles',
    /has none/,
  ],
  ['no health', { '/api/health': undefined }, 'Grafana is healthy', /404/],
]) {
  test(what, async () => {
    answers = { ...right, ...changed };
    const wrong = await smoke(url, quick);
    assert.deepEqual([...wrong.keys()], [name]);
    assert.match(wrong.get(name), reason);
  });
}

test('empty profiles are wrong for each selector, and become right when they come', async () => {
  const empty = { results: { A: { frames: [{ data: { values: [[0]] } }] } } };
  answers = { ...right, '/api/ds/query': empty };
  const selectors = Object.keys(await checks(url)).filter((name) => name.startsWith('Profiles of'));
  assert.equal(selectors.length, 3);
  assert.deepEqual([...(await smoke(url, quick)).keys()], selectors);
  queries = 0;
  answers = { ...right, '/api/ds/query': () => (queries > 3 ? right['/api/ds/query'] : empty) };
  assert.deepEqual([...(await smoke(url, { within: 20_000, pause: 1 })).keys()], []);
});

test('a Grafana without Prometheus and Tempo is not asked for them', async () => {
  answers = Object.fromEntries(Object.entries(right).filter(([path]) => !path.includes('/proxy/')));
  assert.equal((await smoke(url, quick)).size, 2);
  assert.equal((await smoke(url, { ...quick, besides: [] })).size, 0);
});

test('nobody there', async () => {
  const wrong = await smoke('http://127.0.0.1:1', quick);
  assert.equal(wrong.size, Object.keys(await checks(url)).length);
});

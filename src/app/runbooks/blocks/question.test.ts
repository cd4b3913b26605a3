import { type Evidence, questionOf } from './question';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const HEAP = 'memory:inuse_space:bytes:space:bytes';

const evidence: Evidence = {
  service: 'say "x"',
  functionName: 'orders.(*Orders).Add',
  type: CPU,
  sentTypes: [CPU, HEAP],
  range: { start: 2000, end: 3000 },
  baseline: { start: 1000, end: 2000 },
  versions: { label: 'version', version: 'v2', before: 'v1' },
};
const SERVICE = '{service_name="say \\"x\\""}';

it('asks for the whole service, whatever the version', () => {
  expect(questionOf({ kind: 'flamegraph' }, evidence)).toEqual({
    range: evidence.range,
    query: { refId: 'A', queryType: 'profile', profileTypeId: CPU, labelSelector: SERVICE, groupBy: [] },
  });
  expect(questionOf({ kind: 'flamegraph', of: 'baseline', type: 'heap' }, evidence)).toMatchObject({
    range: evidence.baseline,
    query: { profileTypeId: HEAP },
  });
});

it.each(['diff', 'findings'] as const)('%s holds one version against the other', (kind) => {
  expect(questionOf({ kind }, evidence)).toMatchObject({
    range: evidence.range,
    query: {
      queryType: kind === 'diff' ? 'diff' : 'regressions',
      labelSelector: '{service_name="say \\"x\\"", version="v2"}',
      baseline: { labelSelector: '{service_name="say \\"x\\"", version="v1"}', from: 1000, to: 2000 },
    },
  });
  expect(questionOf({ kind }, { ...evidence, versions: undefined })).toMatchObject({
    query: { labelSelector: SERVICE, baseline: { labelSelector: SERVICE, from: 1000, to: 2000 } },
  });
});

it('looks at the function where the block says so and the alert names one', () => {
  const block = { kind: 'series', function: true, share: true } as const;
  expect(questionOf(block, evidence)).toMatchObject({
    query: { queryType: 'metrics', function: '^orders\\.\\(\\*Orders\\)\\.Add$', asShare: true },
  });
  expect(questionOf({ kind: 'diff', function: true, normalise: 'rate' }, evidence)).toMatchObject({
    query: { focus: '^orders\\.\\(\\*Orders\\)\\.Add$', normalise: 'rate' },
  });
  const unknown = questionOf(block, { ...evidence, functionName: undefined });
  expect(unknown).toMatchObject({ query: { queryType: 'metrics' } });
  expect('query' in unknown && Object.keys(unknown.query)).not.toContain('function');
});

it('lays the baseline beside a series, and each version beside the other where both ran at the time', () => {
  expect(questionOf({ kind: 'series' }, evidence)).toMatchObject({
    range: evidence.range,
    query: { labelSelector: SERVICE, baseline: { labelSelector: SERVICE, from: 1000, to: 2000 }, legendFormat: 'line' },
  });
  const canary = { ...evidence, baseline: evidence.range };
  expect(questionOf({ kind: 'series' }, canary)).toMatchObject({
    query: {
      labelSelector: '{service_name="say \\"x\\"", version="v2"}',
      baseline: { labelSelector: '{service_name="say \\"x\\"", version="v1"}', from: 2000, to: 3000 },
    },
  });
  for (const alone of [
    questionOf({ kind: 'series', by: ['pod'] }, evidence),
    questionOf({ kind: 'series' }, { ...canary, versions: undefined }),
  ]) {
    expect('query' in alone && alone.query.queryType).toBe('metrics');
    expect('query' in alone && Object.keys(alone.query)).not.toContain('baseline');
  }
});

it('says why there is no picture', () => {
  expect(questionOf({ kind: 'series', type: 'goroutines' }, evidence)).toEqual({
    problem: `say "x" sends no profiles of the type goroutines. It sends ${HEAP}, ${CPU}.`,
  });
  expect(questionOf({ kind: 'series' }, { ...evidence, type: 'cpu', sentTypes: [] })).toEqual({
    problem: 'say "x" sent no profiles in this time range.',
  });
});

it('lets the backend find the type where the server cannot tell what was sent', () => {
  expect(questionOf({ kind: 'functions', type: 'heap' }, { ...evidence, sentTypes: undefined })).toMatchObject({
    query: { queryType: 'functions', profileTypeId: 'heap', limit: 10 },
  });
});

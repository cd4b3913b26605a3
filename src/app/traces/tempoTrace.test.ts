import recorded from '../../../testdata/tempo/trace.json';
import { inOrder, profiledAncestor } from '../../links/profiledAncestor';
import { PROFILE_ID_TAG } from '../../links/spanProfile';

import { spansOfTrace, traceIdOf } from './tempoTrace';

// An answer of a real Tempo about a trace of the demo; see testdata/tempo.
it('reads what a real Tempo answers', () => {
  const spans = spansOfTrace(recorded);
  const ordered = inOrder(spans).map(({ span, depth }) => [depth, span.name]);
  expect(ordered).toEqual([
    [0, 'GET /export'],
    [1, 'collect orders'],
    [1, 'write orders'],
  ]);
  const root = spans.find(({ name }) => name === 'GET /export');
  expect(root?.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(root?.tags[PROFILE_ID_TAG]).toBe(root?.spanId);
  expect(root?.durationMs).toBeCloseTo(264.481, 2);
  expect(root?.tags).toMatchObject({
    'service.name': 'order-service',
    'service.version': 'v1.4.3',
    'http.route': '/export',
  });
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  expect(spans.map((span) => profiledAncestor(span, byId)?.name)).toEqual(Array(3).fill('GET /export'));
});

it('reads the newer form, ids in hexadecimal, and what is left out', () => {
  const spans = [{ spanId: '61940201A61F3E83', startTimeUnixNano: '2000000' }, { spanId: '???' }];
  expect(spansOfTrace({ resourceSpans: [{ scopeSpans: [{ spans }, {}] }] })).toEqual([
    { spanId: '61940201a61f3e83', name: '', startMs: 2, durationMs: 0, tags: {} },
    { spanId: '???', name: '', startMs: 0, durationMs: 0, tags: {} },
  ]);
  expect(spansOfTrace({})).toEqual([]);
});

it.each([
  [' 7C9E66797425440DE944BE07FC1F90AE ', '7c9e66797425440de944be07fc1f90ae'],
  ['abc', '00000000000000000000000000000abc'],
  ['0', undefined],
  ['../api/search', undefined],
  ['', undefined],
])('the id of a trace in %p', (text, id) => expect(traceIdOf(text)).toBe(id));

import { toDataFrame } from '@grafana/data';

import { couldTell } from './couldTell';

const answer = (custom?: object) => [toDataFrame({ name: 'regressions', fields: [], meta: { custom } })];

it.each([
  ['a service was looked at', { services: [{ service: 'a' }] }, true],
  ['one of two was looked at', { services: [{ service: 'a', fault: 'no' }, { service: 'b' }] }, true],
  ['a baseline had no profiles', { services: [{ service: 'a', insufficient: { why: 'no baseline' } }] }, false],
  ['the server failed', { services: [{ service: 'a', fault: 'no' }] }, false],
  ['no service had profiles', { services: null }, false],
  ['nothing is known', undefined, false],
])('knows whether nothing changed where %s', (_, custom, told) => {
  expect(couldTell(answer(custom))).toBe(told);
});

it('knows nothing without an answer', () => {
  expect(couldTell([])).toBe(false);
});

import { dateTime, rangeUtil } from '@grafana/data';

import { baselineQuery, type LookedAt, movingOffset } from './baselineQuery';

const relative = (from: string, to: string, more: Partial<LookedAt> = {}): LookedAt => ({
  labelSelector: '{service_name="a"}',
  range: rangeUtil.convertRawToRange({ from, to }),
  ...more,
});

function fixed(start: number, end: number): LookedAt {
  const [from, to] = [dateTime(start), dateTime(end)];
  return { labelSelector: '{service_name="b"}', range: { from, to, raw: { from, to } } };
}

it('is so far back where both sides move along', () => {
  expect(baselineQuery(relative('now-1h', 'now'), relative('now-2h', 'now-1h'))).toEqual({
    labelSelector: '{service_name="a"}',
    offset: '1h',
  });
});

it('is at the same time where both sides look at the same', () => {
  expect(baselineQuery(relative('now-1h', 'now'), relative('now-1h', 'now'))).toEqual({
    labelSelector: '{service_name="a"}',
  });
});

it.each([
  ['is fixed', relative('now-1h', 'now'), fixed(1000, 2000), { from: 1000, to: 2000 }],
  [
    'is a part',
    relative('now-1h', 'now'),
    relative('now-1h', 'now', { part: { start: 5, end: 9 } }),
    { from: 5, to: 9 },
  ],
])('is a fixed stretch where it %s', (_, comparison, baseline, { from, to }) => {
  expect(baselineQuery(comparison, baseline)).toEqual({ labelSelector: baseline.labelSelector, from, to });
});

it.each([
  ['is longer', relative('now-1h', 'now'), relative('now-3h', 'now-1h')],
  ['is later', relative('now-2h', 'now-1h'), relative('now-1h', 'now')],
  ['is held against a part', relative('now-1h', 'now', { part: { start: 5, end: 9 } }), relative('now-1h', 'now')],
])('does not move along where it %s', (_, comparison, baseline) => {
  expect(movingOffset(comparison, baseline)).toBeUndefined();
  expect(baselineQuery(comparison, baseline)).toMatchObject({
    from: baseline.range.from.valueOf(),
    to: baseline.range.to.valueOf(),
  });
});

import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';

import { costsOf } from './serviceCosts';

const MINUTE = 60_000;

function series(service: string | undefined, points: Array<[minute: number, value: number | null]>, custom = {}) {
  return toDataFrame({
    name: 'series',
    meta: { custom: { kind: 'flow', title: 'CPU', stepMs: MINUTE, shown: 2, total: 2, ...custom } },
    fields: [
      { name: 'time', type: FieldType.time, values: points.map(([minute]) => minute * MINUTE) },
      {
        name: 'cpu',
        type: FieldType.number,
        labels: service === undefined ? undefined : { service_name: service },
        config: { unit: 'cores' },
        values: points.map(([, value]) => value),
      },
    ],
  });
}

const meansOf = (frames: DataFrame[]) =>
  Object.fromEntries([...(costsOf(frames)?.byService ?? [])].map(([service, { mean }]) => [service, mean]));

it('counts no profile as no cost of a flow', () => {
  const frames = [
    series('steady', [
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 2],
    ]),
    series('once', [[2, 8]]),
  ];
  expect(meansOf(frames)).toEqual({ steady: 2, once: 2 });
  expect(costsOf(frames)).toMatchObject({ total: 4, unit: 'cores', title: 'CPU', cutOff: 0 });
  expect(costsOf(frames)?.byService.get('once')?.values).toEqual([0, 8, 0, 0]);
});

it('does not let a line end in a fall where profiles may still arrive', () => {
  const points: Array<[number, number]> = [
    [1, 2],
    [2, 2],
    [3, 2],
  ];
  const frames = [series('early', points, { partialFrom: 3 * MINUTE }), series('late', points.slice(0, 1))];
  expect(costsOf(frames)?.byService.get('late')?.values).toEqual([2, 0, null]);
});

it('does not hold the time before the first profile of any service against them', () => {
  // The range may reach back to before the server was started.
  expect(
    meansOf([
      series('a', [
        [58, 3],
        [59, 5],
      ]),
    ])
  ).toEqual({ a: 4 });
});

it('averages a level over the buckets that have profiles', () => {
  const level = { kind: 'level' };
  expect(
    meansOf([
      series(
        'a',
        [
          [1, 10],
          [2, 10],
          [3, 10],
        ],
        level
      ),
      series('b', [[2, 30]], level),
    ])
  ).toEqual({
    a: 10,
    b: 30,
  });
});

it('does not know a level where there was no profile', () => {
  const level = { kind: 'level' };
  const frames = [
    series(
      'a',
      [
        [1, 10],
        [3, 10],
      ],
      level
    ),
  ];
  expect(costsOf(frames)?.byService.get('a')?.values).toEqual([10, null, 10]);
});

it('leaves out buckets that may still grow', () => {
  const frames = [
    series(
      'a',
      [
        [1, 4],
        [2, 4],
        [3, 0.5],
      ],
      { partialFrom: 3 * MINUTE }
    ),
  ];
  expect(meansOf(frames)).toEqual({ a: 4 });
  expect(costsOf(frames)?.times).toHaveLength(3);
});

it('uses unfinished buckets when there are no others', () => {
  expect(meansOf([series('a', [[3, 0.5]], { partialFrom: 3 * MINUTE })])).toEqual({ a: 0.5 });
});

it('fills buckets in which nobody sent profiles', () => {
  const frames = [
    series('a', [
      [1, 4],
      [4, 4],
    ]),
  ];
  expect(costsOf(frames)?.times).toEqual([1, 2, 3, 4].map((minute) => minute * MINUTE));
  expect(meansOf(frames)).toEqual({ a: 2 });
});

it('counts lines without a service into the total only', () => {
  const costs = costsOf([series('a', [[1, 1]]), series(undefined, [[1, 3]])]);
  expect([...(costs?.byService.keys() ?? [])]).toEqual(['a']);
  expect(costs?.total).toBe(4);
});

it('says how many services the limit left out', () => {
  expect(costsOf([series('a', [[1, 1]], { shown: 500, total: 612 })])?.cutOff).toBe(112);
});

it('keeps points that stand on no grid', () => {
  const frames = [
    series('a', [
      [1, 1],
      [1.5, 2],
      [3, 3],
    ]),
  ];
  expect(costsOf(frames)?.times).toEqual([MINUTE, 1.5 * MINUTE, 3 * MINUTE]);
});

it('finds no costs in what is no series', () => {
  expect(costsOf([])).toBeUndefined();
  expect(costsOf([toDataFrame({ fields: [{ name: 'text', values: ['x'] }] })])).toBeUndefined();
  expect(costsOf([series('a', [[1, null]])])).toBeUndefined();
  expect(costsOf([series('a', [])])).toBeUndefined();
});

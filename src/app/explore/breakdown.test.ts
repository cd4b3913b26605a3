import { FieldType, toDataFrame } from '@grafana/data';

import { breakdownOf, withFilter } from './breakdown';

const line = (name: string | undefined, labels: Record<string, string>, values: number[]) =>
  toDataFrame({
    meta: { custom: { kind: 'flow', stepMs: 1000 } },
    fields: [
      { name: 'time', type: FieldType.time, values: values.map((_, i) => i * 1000) },
      { name: 'cpu', type: FieldType.number, labels, config: { unit: 'cores', displayNameFromDS: name }, values },
    ],
  });

describe('a breakdown', () => {
  it('has the costliest first, with shares of all', () => {
    const frames = [line('GET', { endpoint: 'GET' }, [1, 1]), line('POST', { endpoint: 'POST' }, [3, 3])];
    expect(breakdownOf(frames, ['endpoint'])).toEqual({
      unit: 'cores',
      parts: [
        { name: 'POST', mean: 3, share: 0.75, matchers: [{ label: 'endpoint', value: 'POST' }] },
        { name: 'GET', mean: 1, share: 0.25, matchers: [{ label: 'endpoint', value: 'GET' }] },
      ],
    });
  });

  it('has no filter for what lacks a label, nor for the rest', () => {
    const frames = [line('no endpoint', {}, [2]), line('7 more', {}, [1]), line(undefined, { endpoint: 'a' }, [1])];
    expect(breakdownOf(frames, ['endpoint', 'pod'])?.parts).toEqual([
      { name: 'no endpoint', mean: 2, share: 0.5 },
      { name: '7 more', mean: 1, share: 0.25 },
      { name: 'a', mean: 1, share: 0.25 },
    ]);
  });

  it('is not there without lines', () => {
    expect(breakdownOf([], ['endpoint'])).toBeUndefined();
  });
});

describe('filters of a part', () => {
  const values = [{ label: 'endpoint', value: 'GET "/"' }];

  it('keep what is filtered already', () => {
    expect(withFilter('{pod=~"a|b"}', values, '=')).toBe('{pod=~"a|b", endpoint="GET \\"/\\""}');
    expect(withFilter('', values, '!=')).toBe('{endpoint!="GET \\"/\\""}');
  });

  it('take the place of another value of the label', () => {
    expect(withFilter('{endpoint="POST"}', values, '=')).toBe('{endpoint="GET \\"/\\""}');
  });

  it('leave out one value after another', () => {
    expect(withFilter('{endpoint!="POST"}', values, '!=')).toBe('{endpoint!="POST", endpoint!="GET \\"/\\""}');
  });
});

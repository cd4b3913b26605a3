import { type DataFrame, FieldType } from '@grafana/data';

import { readFrame } from './readFrame';

function frameOf(columns: Record<string, number[]>, labels: string[]): DataFrame {
  const numbers = Object.entries(columns).map(([name, values]) => ({
    name,
    type: FieldType.number,
    config: {},
    values,
  }));
  const label = { name: 'label', type: FieldType.string, config: {}, values: labels };
  return { length: labels.length, fields: [...numbers, label] };
}

it.each([
  ['no rows', frameOf({ level: [], value: [], self: [] }, [])],
  ['a root worth nothing', frameOf({ level: [0], value: [0], self: [0] }, ['total'])],
  [
    'a root worth nothing on both sides',
    frameOf({ level: [0], value: [0], self: [0], valueRight: [0], selfRight: [0] }, ['total']),
  ],
])('takes %s for no data', (_, frame) => {
  expect(readFrame(frame)).toEqual({ isEmpty: true });
});

it('shows a root that is worth something, on one side of a diff too', () => {
  expect(readFrame(frameOf({ level: [0], value: [7], self: [7] }, ['total'])).tree).toBeDefined();
  const diff = frameOf({ level: [0], value: [0], self: [0], valueRight: [7], selfRight: [7] }, ['total']);
  expect(readFrame(diff).tree).toBeDefined();
});

it('says what is wrong with a frame', () => {
  expect(readFrame(frameOf({ level: [1], value: [1], self: [1] }, ['a'])).problem).toBeDefined();
});

import { FieldType } from '@grafana/data';

import { ingest, total } from '../../engine';

import { columnsOf, flameFrame, isFlameFrame } from './flameFrame';

const COLUMNS = {
  level: [0, 1, 1],
  value: [5, 3, 2],
  self: [0, 3, 2],
  label: { index: [0, 1, 2], text: ['total', 'main', '<b>'] },
};

it('makes the frame that our panel takes, and reads it back', () => {
  const frame = flameFrame('response', COLUMNS, { type: 'cpu', unit: 'nanoseconds' });
  expect(frame.length).toBe(3);
  expect(frame.fields.map(({ name }) => name)).toEqual(['level', 'value', 'self', 'label']);
  expect(frame.fields[1].config.unit).toBe('ns');
  expect(isFlameFrame(frame)).toBe(true);
  expect(columnsOf(frame)).toEqual(COLUMNS);
  expect(total(ingest(columnsOf(frame)), 0)).toBe(5);
});

it('has both sides of a comparison', () => {
  const frame = flameFrame(
    'response',
    { ...COLUMNS, valueRight: [1, 1, 0], selfRight: [0, 1, 0] },
    { type: 'x', unit: '' }
  );
  expect(frame.fields.map(({ name }) => name)).toEqual(['level', 'value', 'self', 'label', 'valueRight', 'selfRight']);
});

it('reads names that stand row by row', () => {
  const frame = flameFrame('response', { ...COLUMNS, label: ['total', 'a', 'b'] }, { type: 'x', unit: 'bytes' });
  expect(frame.fields[3].type).toBe(FieldType.string);
  expect(columnsOf(frame).label).toEqual(['total', 'a', 'b']);
});

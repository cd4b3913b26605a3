import { type DataFrame, FieldType } from '@grafana/data';

import { fieldOf } from './flameFrame';
import { spliceBelow } from './splice';

type Row = readonly [level: number, label: string, value: number];

function frameOf(rows: readonly Row[], isEnum = false): DataFrame {
  const labels = rows.map(([, label]) => label);
  const text = [...new Set(labels)];
  const number = (name: string, values: number[]) => ({ name, type: FieldType.number, config: { unit: 'ns' }, values });
  const label = isEnum
    ? {
        name: 'label',
        type: FieldType.enum,
        config: { type: { enum: { text } } },
        values: labels.map((name) => text.indexOf(name)),
      }
    : { name: 'label', type: FieldType.string, config: {}, values: labels };
  const levels = rows.map(([level]) => level);
  const values = rows.map(([, , value]) => value);
  return { refId: 'A', length: rows.length, fields: [number('level', levels), number('value', values), label] };
}

function rowsOf(frame: DataFrame): Row[] {
  const values = (name: string) => fieldOf(frame, name)!.values;
  return values('level').map((level: number, row: number) => [level, values('label')[row], values('value')[row]]);
}

const shown: Row[] = [
  [0, 'total', 100],
  [1, 'main', 90],
  [2, 'pay', 60],
  [3, 'other', 60],
  [2, 'list', 30],
  [1, 'gc', 10],
];

const detail: Row[] = [
  [0, 'total', 60],
  [1, 'main', 60],
  [2, 'pay', 60],
  [3, 'hash', 40],
  [4, 'sum', 35],
  [3, 'sign', 20],
];

it.each([false, true])('replaces what lies below the stack and nothing else, enum %s', (isEnum) => {
  const frame = spliceBelow(frameOf(shown, isEnum), frameOf(detail, isEnum), ['total', 'main', 'pay']);
  expect(rowsOf(frame)).toEqual([
    [0, 'total', 100],
    [1, 'main', 90],
    [2, 'pay', 60],
    [3, 'hash', 40],
    [4, 'sum', 35],
    [3, 'sign', 20],
    [2, 'list', 30],
    [1, 'gc', 10],
  ]);
  expect(frame.length).toBe(8);
  expect(frame.refId).toBe('A');
});

it.each([
  ['the shown profile', ['total', 'main', 'ship']],
  ['the detail', ['total', 'gc']],
  ['either, below another function', ['total', 'gc', 'pay']],
])('leaves the frame alone when the stack is not in %s', (_, stack) => {
  const frame = frameOf(shown);
  expect(spliceBelow(frame, frameOf(detail), stack)).toBe(frame);
});

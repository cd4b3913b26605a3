import { type DataFrame, FieldType } from '@grafana/data';

import vectors from '../../../testdata/frames/packed.json';

import { unpack, unpackAnswer } from './unpack';

function packedFrame(packed: string, names: string[]): DataFrame {
  const config = { unit: 'ns' };
  const numbers = names.map((name) => ({ name, type: FieldType.number, config, values: [1] }));
  const label = {
    name: 'label',
    type: FieldType.enum,
    config: { type: { enum: { text: ['total', 'a'] } } },
    values: [0],
  };
  return {
    name: 'response',
    refId: 'A',
    meta: { preferredVisualisationType: 'flamegraph' },
    length: 1,
    fields: [...numbers, label, { name: 'packed', type: FieldType.string, config: {}, values: [packed] }],
  };
}

function columns(frame: DataFrame) {
  return Object.fromEntries(frame.fields.map(({ name, values }) => [name, values]));
}

it('reads what the backend packs', () => {
  const { packed, ...expected } = vectors.flame;
  const frame = unpack(packedFrame(packed, ['level', 'value', 'self']));
  expect(columns(frame)).toEqual(expected);
  expect(frame).toMatchObject({ name: 'response', refId: 'A', length: expected.level.length });
  expect(frame.fields.find(({ name }) => name === 'value')?.config).toEqual({ unit: 'ns' });
});

it('reads both sides of a diff', () => {
  const { packed, ...expected } = vectors.diff;
  expect(columns(unpack(packedFrame(packed, ['level', 'value', 'self', 'valueRight', 'selfRight'])))).toEqual(expected);
});

it('leaves other frames and answers alone', () => {
  const series: DataFrame = { length: 0, fields: [] };
  const answer = { data: [series] };
  expect(unpack(series)).toBe(series);
  expect(unpackAnswer(answer)).toBe(answer);
});

it('says that a text is cut off or of another version', () => {
  const { packed } = vectors.flame;
  const short = btoa(atob(packed).slice(0, 40));
  expect(() => unpack(packedFrame(short, ['level', 'value', 'self']))).toThrow('ends too early');
  const newer = btoa(String.fromCharCode(2) + atob(packed).slice(1));
  expect(() => unpack(packedFrame(newer, ['level', 'value', 'self']))).toThrow('version 2');
});

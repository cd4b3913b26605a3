import { dataFrameFromJSON, type DataFrame, type DataFrameJSON } from '@grafana/data';

import { unpack } from '../../src/datasource/transport/unpack';
import type { GeneratedFrame } from '../engine/generate';

/** What the datasource's backend answers, as the text that arrives in the browser: Grafana's JSON of one frame. */
export function answerText({ level, value, self, label, text }: GeneratedFrame): string {
  return frameText(text, [level, value, self, label]);
}

/** The same answer as our own front end asks for it; pkg/frames/packed.go writes it. */
export function packedText({ level, value, self, label, text }: GeneratedFrame): string {
  return frameText(text, [
    level.slice(0, 1),
    value.slice(0, 1),
    self.slice(0, 1),
    [0],
    [packed({ level, self, label })],
  ]);
}

/** What Grafana makes of the text, and our datasource, before a panel gets it. */
export function frameOf(answer: string): DataFrame {
  return unpack(dataFrameFromJSON(JSON.parse(answer) as DataFrameJSON));
}

function frameText(text: string[], values: unknown[][]): string {
  const number = { type: 'number', typeInfo: { frame: 'int64' } };
  const fields = [
    { name: 'level', ...number, config: {} },
    { name: 'value', ...number, config: { unit: 'ns' } },
    { name: 'self', ...number, config: { unit: 'ns' } },
    { name: 'label', type: 'enum', typeInfo: { frame: 'enum' }, config: { type: { enum: { text } } } },
    { name: 'packed', type: 'string', typeInfo: { frame: 'string' }, config: {} },
  ];
  return JSON.stringify({ schema: { name: 'response', fields: fields.slice(0, values.length) }, data: { values } });
}

function packed({ level, self, label }: Pick<GeneratedFrame, 'level' | 'self' | 'label'>): string {
  const unit = self.reduce(greatestCommonDivisor, 0) || 1;
  const bytes: number[] = [];
  const write = (number: number) => {
    for (; number >= 0x80; number = Math.floor(number / 0x80)) {
      bytes.push((number % 0x80) | 0x80);
    }
    bytes.push(number);
  };
  [1, level.length, 1, unit].forEach(write);
  level.forEach((at, node) => {
    write((level[node - 1] ?? -1) + 1 - at);
    write(label[node]);
    write(self[node] / unit);
  });
  let binary = '';
  for (let from = 0; from < bytes.length; from += 0x8000) {
    binary += String.fromCharCode(...bytes.slice(from, from + 0x8000));
  }
  return btoa(binary);
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) {
    [a, b] = [b, a % b];
  }
  return a;
}

import { createDataFrame, FieldType } from '@grafana/data';

import { SeenFunctions } from './SeenFunctions';

const flame = (text: string[]) =>
  createDataFrame({
    fields: [
      { name: 'level', values: [0] },
      { name: 'label', type: FieldType.enum, config: { type: { enum: { text } } }, values: [0] },
    ],
  });

it('are those of the latest answers, the last one first', () => {
  const seen = new SeenFunctions();
  seen.note([flame(['total', 'main.run'])]);
  seen.note([createDataFrame({ fields: [{ name: 'function', values: ['auth.hash', 'main.run', 'auth.hash', ''] }] })]);
  expect(seen.list()).toEqual(['auth.hash', 'main.run', 'total']);
});

it('are read from labels that are plain text', () => {
  const seen = new SeenFunctions();
  seen.note([
    createDataFrame({
      fields: [
        { name: 'level', values: [0] },
        { name: 'label', values: ['main'] },
      ],
    }),
  ]);
  expect(seen.list()).toEqual(['main']);
});

it('stay when an answer has none', () => {
  const seen = new SeenFunctions();
  seen.note([flame(['main'])]);
  seen.note([createDataFrame({ fields: [{ name: 'time', values: [1] }] })]);
  seen.note([]);
  expect(seen.list()).toEqual(['main']);
});

it('are bounded', () => {
  const seen = new SeenFunctions();
  seen.note([flame(Array.from({ length: 60_000 }, (_, i) => `f${i}`))]);
  seen.note([flame(['last'])]);
  expect(seen.list()).toHaveLength(20_000);
  expect(seen.list()[0]).toBe('last');
});

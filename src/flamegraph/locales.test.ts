import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

interface Text {
  readonly english: string;
  /** Has a form for one and a form for many. */
  readonly counted: boolean;
}

/** Every text of a room by its key, as it stands in the source. */
function textsInSource(room: string): Map<string, Text> {
  const texts = new Map<string, Text>();
  for (const file of readdirSync(room, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || /test/.test(file)) {
      continue;
    }
    const source = readFileSync(join(room, file), 'utf8');
    const calls = source.matchAll(
      /\bt\(\s*'([^']+)',\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?\s*(\{(?:[^{}]|\{[^{}]*\})*\})?/g
    );
    for (const [, key, quoted, values = ''] of calls) {
      const english = quoted!.slice(1, -1).replace(/\\(.)/g, '$1');
      texts.set(key!, { english, counted: /\bcount\b/.test(values) });
    }
  }
  return texts;
}

function flat(nested: object, prefix = ''): Array<[string, string]> {
  return Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value as object, `${prefix}${key}.`)
  );
}

const locale = (file: string) => new Map(flat(JSON.parse(readFileSync(file, 'utf8')) as object));

/** Places to fill in; a form for one may leave the number out. */
const places = (text: string) =>
  [...text.matchAll(/\{\{\w+\}\}/g)]
    .map(([name]) => name)
    .filter((name) => name !== '{{count}}')
    .sort();

const SRC = join(__dirname, '..');
const PANEL_LOCALE = (language: string) => join('locales', language, 'flamewatch-flamegraph-panel.json');
const ROOMS: Array<[string, (language: string) => string, number]> = [
  ['flamegraph', (language) => join('locales', `${language}.json`), 180],
  ['panel', PANEL_LOCALE, 20],
];

describe.each(ROOMS)('texts of %s', (room, fileOf, atLeast) => {
  const texts = textsInSource(join(SRC, room));
  const keys = [...texts].flatMap(([key, { counted }]) => (counted ? [`${key}_one`, `${key}_other`] : [key])).sort();
  const textOf = (key: string) => texts.get(key) ?? texts.get(key.replace(/_(one|other)$/, ''))!;

  it('are in English as they stand in the source', () => {
    expect(texts.size).toBeGreaterThan(atLeast);
    const english = locale(join(SRC, room, fileOf('en-US')));
    expect([...english.keys()].sort()).toEqual(keys);
    for (const [key, text] of english) {
      if (!key.endsWith('_one')) {
        expect([key, text]).toEqual([key, textOf(key).english]);
      }
    }
  });

  it.each(['en-US', 'de-DE'])('are all there in %s, with the same places to fill in', (language) => {
    const translated = locale(join(SRC, room, fileOf(language)));
    expect([...translated.keys()].sort()).toEqual(keys);
    for (const [key, text] of translated) {
      expect([key, places(text)]).toEqual([key, places(textOf(key).english)]);
    }
  });
});

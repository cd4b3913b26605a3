import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

interface Text {
  /** Undefined where the source puts the words together; then the locale alone has them. */
  readonly english: string | undefined;
  /** Has a form for one and a form for many. */
  readonly counted: boolean;
}

const SRC = join(__dirname, '..');

/** Where the texts of the app's locale files stand. */
const SOURCES = ['module.tsx', ...filesOf('app'), ...filesOf('links')].map((file) =>
  readFileSync(join(SRC, file), 'utf8')
);

function filesOf(room: string): string[] {
  return readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/test/.test(file))
    .map((file) => join(room, file));
}

/** Every text by its key, as it stands in the source. */
function textsInSource(): Map<string, Text> {
  const texts = new Map<string, Text>();
  for (const source of SOURCES) {
    const calls = source.matchAll(
      /\bt\(\s*'([^']+)',\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")?,?\s*(\{(?:[^{}]|\{[^{}]*\})*\})?/g
    );
    for (const [, key, quoted, values = ''] of calls) {
      const english = quoted?.slice(1, -1).replace(/\\(.)/g, '$1');
      texts.set(key!, { english, counted: /\bcount\b/.test(values) });
    }
    for (const [, key, rest, words] of source.matchAll(/<Trans i18nKey="([^"]+)"([^>]*)>(.*?)<\/Trans>/gs)) {
      const english = /[{<]/.test(words!) ? undefined : words!.replace(/\s+/g, ' ').trim();
      texts.set(key!, { english, counted: /\bcount=/.test(rest!) });
    }
  }
  return texts;
}

function flat(nested: object, prefix = ''): Array<[string, string]> {
  return Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value as object, `${prefix}${key}.`)
  );
}

const locale = (language: string) =>
  new Map(
    flat(JSON.parse(readFileSync(join(SRC, 'locales', language, 'flamewatch-profiles-app.json'), 'utf8')) as object)
  );

/** Places to fill in; a form for one may leave the number out. */
const places = (text: string) =>
  [...text.matchAll(/\{\{\w+\}\}/g)]
    .map(([name]) => name)
    .filter((name) => name !== '{{count}}')
    .sort();

const TEXTS = textsInSource();
const KEYS = [...TEXTS].flatMap(([key, { counted }]) => (counted ? [`${key}_one`, `${key}_other`] : [key])).sort();
const textOf = (key: string) => TEXTS.get(key) ?? TEXTS.get(key.replace(/_(one|other)$/, ''));

it('has the English texts as they stand in the source', () => {
  expect(TEXTS.size).toBeGreaterThan(400);
  const english = locale('en-US');
  expect([...english.keys()].sort()).toEqual(KEYS);
  for (const [key, text] of english) {
    if (!key.endsWith('_one')) {
      expect([key, text]).toEqual([key, textOf(key)?.english ?? text]);
    }
  }
});

it('has every text in German, with the same places to fill in', () => {
  const english = locale('en-US');
  const german = locale('de-DE');
  expect([...german.keys()].sort()).toEqual(KEYS);
  for (const [key, text] of german) {
    expect([key, places(text)]).toEqual([key, places(english.get(key) ?? '')]);
  }
});

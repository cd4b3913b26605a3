import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** Every text of the room with its key and its English words, as they stand in the source. */
function textsInSource(): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || /test/.test(file)) {
      continue;
    }
    const source = readFileSync(join(__dirname, file), 'utf8');
    for (const [, key, quoted] of source.matchAll(/\bt\(\s*'([^']+)',\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g)) {
      texts.set(key!, quoted!.slice(1, -1).replace(/\\(.)/g, '$1'));
    }
    for (const [, key, words] of source.matchAll(/<Trans i18nKey="([^"]+)"[^>]*>(.*?)<\/Trans>/gs)) {
      texts.set(key!, words!.replace(/\s+/g, ' ').trim());
    }
  }
  return texts;
}

function flat(nested: object, prefix = ''): Array<[string, string]> {
  return Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value as object, `${prefix}${key}.`)
  );
}

function locale(language: string): Map<string, string> {
  const file = join(__dirname, 'locales', language, 'flamewatch-profiles-datasource.json');
  return new Map(flat(JSON.parse(readFileSync(file, 'utf8')) as object));
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([name]) => name).sort();

const TEXTS = textsInSource();

it('has the English texts as they stand in the source', () => {
  expect(TEXTS.size).toBeGreaterThan(200);
  expect(Object.fromEntries(locale('en-US'))).toEqual(Object.fromEntries(TEXTS));
});

it('has every text in German, with the same places to fill in', () => {
  const german = locale('de-DE');
  expect([...german.keys()].sort()).toEqual([...TEXTS.keys()].sort());
  for (const [key, text] of TEXTS) {
    expect([key, placeholders(german.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  }
});

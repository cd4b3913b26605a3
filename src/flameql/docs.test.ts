import { readFileSync } from 'fs';
import { join } from 'path';

import { ALIASES } from './profileTypes/aliases';
import { parse, parseDraft } from './parse';
import { errorLine } from './syntax/queryError';
import { regexFault } from './syntax/regexFault';
import { CLAUSE_KEYWORDS, NORMALISATIONS } from './syntax/words';

const PAGE = readFileSync(join(__dirname, '../../docs/flameql.md'), 'utf8');

function examples(language: string): string[] {
  const blocks = [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))];
  return blocks.flatMap(([, block = '']) => block.split('\n').filter((line) => line !== ''));
}

it.each(examples('flameql'))('%s', (example) => {
  const parsed = parse(example);
  expect(parsed).toMatchObject({ ok: true });
  for (const clause of ['function', 'focus', 'hide'] as const) {
    expect(regexFault((parsed.ok && parsed.query[clause]) || '')).toBeUndefined();
  }
});

it.each(examples('flameql-draft'))('with variables: %s', (example) => {
  expect(parseDraft(example)).toMatchObject({ ok: true });
});

it('names every clause, mode and short name', () => {
  expect(examples('flameql').length).toBeGreaterThan(15);
  for (const word of [...CLAUSE_KEYWORDS, ...NORMALISATIONS, ...ALIASES.keys()]) {
    if (word !== 'mutex_duration' && word !== 'block_duration') {
      expect(PAGE).toContain(word);
    }
  }
});

it('shows the error as it is', () => {
  const parsed = parse('cpu{pod=a}');
  expect(PAGE).toContain(parsed.ok ? 'no error' : errorLine(parsed.error));
});

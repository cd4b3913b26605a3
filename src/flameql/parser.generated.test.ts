import { readFileSync } from 'fs';
import { join } from 'path';

import { buildParserFile } from '@lezer/generator';

function read(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

it('is what the generator makes of flameql.grammar', () => {
  const { parser, terms } = buildParserFile(read('flameql.grammar'), {
    fileName: 'flameql.grammar',
    moduleStyle: 'es',
    typeScript: true,
  });
  expect(read('parser.generated.ts')).toBe(parser);
  expect(read('parser.terms.ts')).toBe(terms);
});

// Writes parser.generated.ts and parser.terms.ts from flameql.grammar.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildParserFile } from '@lezer/generator';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const { parser, terms } = buildParserFile(readFileSync(here('flameql.grammar'), 'utf8'), {
  fileName: 'flameql.grammar',
  moduleStyle: 'es',
  typeScript: true,
  warn: (message) => {
    throw new Error(message);
  },
});
writeFileSync(here('parser.generated.ts'), parser);
writeFileSync(here('parser.terms.ts'), terms);

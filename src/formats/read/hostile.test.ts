import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

import { damaged, exchanged, survive } from './testing/hostileFiles';

/** Inputs that were once read wrongly, or that try to be. */
const CORPUS = join(__dirname, '../../../testdata/profiles/hostile');

const RUNS = { numRuns: 250 };

// scripts/fuzz.mjs tries more of them, by the clock: readFile.fuzz.ts.
describe('hostile files', () => {
  it.each(readdirSync(CORPUS))('%s', (name) => survive(new Uint8Array(readFileSync(join(CORPUS, name)))));

  it('are survived when bytes of real ones are changed, cut out, doubled or cut off', () => {
    fc.assert(fc.property(damaged, survive), RUNS);
  });

  it('are survived when parts of JSON are exchanged for other values', () => {
    fc.assert(fc.property(exchanged, survive), RUNS);
  });
});

import * as fc from 'fast-check';

import { fuzzByClock } from '../../../scripts/fuzzByClock.mjs';

import { damaged, exchanged, survive } from './testing/hostileFiles';

// What is found is kept in testdata/profiles/hostile, which hostile.test.ts reads, with the repair.
it('damaged files', () => fuzzByClock('files with changed bytes', fc.property(damaged, survive)));

it('exchanged values', () => fuzzByClock('files of JSON with other values', fc.property(exchanged, survive)));

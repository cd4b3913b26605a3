/** For *.fuzz.ts files, which scripts/fuzz.mjs runs: tries a property of fast-check as often as the time allows. */
import * as fc from 'fast-check';

/**
 * FLAMEWATCH_FUZZ_SECONDS is how long; the seed is new in each run, and is part of what a failure says.
 *
 * @throws an Error with the smallest input that was found, when the property does not hold
 */
export async function fuzzByClock(name, property) {
  const interruptAfterTimeLimit = Number(process.env.FLAMEWATCH_FUZZ_SECONDS ?? 1) * 1000;
  const found = await fc.check(property, { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit });
  if (found.failed) {
    throw new Error(fc.defaultReportMessage(found) ?? 'failed');
  }
  process.stdout.write(`${name}: held ${found.numRuns} tries\n`);
}

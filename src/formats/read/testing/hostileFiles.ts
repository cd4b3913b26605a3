import * as fc from 'fast-check';
import { gunzipSync } from 'zlib';

import { ingest, runNow } from '../../../engine';
import originals from '../../../../testdata/profiles/originals.json';
import { hasNegative, mergedColumnsSteps, type Measure } from '../../mergedColumns';
import { timeColumnsSteps } from '../../timeColumns';
import { READ_LIMITS } from '../limits';
import { readFileSteps } from '../readFile';
import { UnreadableFile } from '../unreadable';

import { originalBytes } from './originals';

const LIMITS = { ...READ_LIMITS, unpacked: 16 << 20 };

/** Small, so that many variants can be tried: one file of each format, unpacked. */
const SEEDS = originals.files
  .filter(({ format }) => format !== 'jfr')
  .map(({ file, format }) => {
    const bytes = originalBytes(file);
    return { file, format, bytes: bytes[0] === 0x1f ? new Uint8Array(gunzipSync(bytes)) : bytes };
  })
  .filter(({ bytes }) => bytes.length < 60_000);

/** Reads, and looks at what was read as the screen does. Whatever the bytes are: profiles or a sentence, never more. */
export function survive(bytes: Uint8Array) {
  let read;
  try {
    read = runNow(readFileSteps(bytes, LIMITS));
  } catch (error) {
    if (error instanceof UnreadableFile) {
      expect(error.message).toMatch(/^[A-Z].*[.?”]$/s);
      return;
    }
    throw error;
  }
  for (const part of read.kind === 'profile' ? read.file.parts : []) {
    const { profile, timeline } = part;
    expect(profile.sampleTypes.length).toBeGreaterThan(0);
    expect(profile.values.every((column) => column.length === profile.sampleStack.length)).toBe(true);
    profile.sampleTypes.forEach((_, type) => {
      const measure: Measure = { profile, type };
      const columns = runNow(
        mergedColumnsSteps(
          hasNegative(measure) ? [[{ ...measure, only: 'below' }], [{ ...measure, only: 'above' }]] : [[measure]]
        )
      );
      ingest(columns);
    });
    if (timeline) {
      ingest(runNow(timeColumnsSteps(part))!);
    }
  }
}

/** Files of every format, with bytes changed, cut out, doubled or cut off. */
export const damaged: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.nat(SEEDS.length - 1),
    fc.array(
      fc.record({
        at: fc.nat(),
        kind: fc.constantFrom('change', 'remove', 'double', 'cut'),
        byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0x0a, 0x22, 0x2d, 0x39, 0x5b, 0x7b, 0x80, 0xff)),
        length: fc.nat(40),
      }),
      { minLength: 1, maxLength: 6 }
    )
  )
  .map(([seed, edits]) => {
    let bytes = Array.from(SEEDS[seed].bytes);
    for (const { at, kind, byte, length } of edits) {
      const place = bytes.length === 0 ? 0 : at % bytes.length;
      if (kind === 'change') {
        bytes[place] = byte;
      } else if (kind === 'cut') {
        bytes = bytes.slice(0, place);
      } else {
        const again = kind === 'double' ? bytes.slice(place, place + length) : [];
        bytes.splice(place, kind === 'remove' ? length : 0, ...again);
      }
    }
    return Uint8Array.from(bytes);
  });

const JSON_SEEDS = SEEDS.filter(({ bytes }) => bytes[0] === 0x7b || bytes[0] === 0x5b).flatMap(({ bytes }) => {
  try {
    return [Buffer.from(bytes).toString('utf8')].filter((text) => JSON.parse(text) !== undefined);
  } catch {
    return [];
  }
});

const OTHERS = [null, -1, 1e300, 2 ** 40, 0.5, '', 'x', [], {}, [[]], [null], { a: 1 }, true, [-1]];

/** Files of JSON, with parts exchanged for other values. */
export const exchanged: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom(...JSON_SEEDS),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom<unknown>(...OTHERS)), { maxLength: 3 })
  )
  .map(([text, exchanges]) => {
    const json: unknown = JSON.parse(text);
    for (const [choice, value] of exchanges) {
      exchange(json, choice, structuredClone(value));
    }
    return new Uint8Array(Buffer.from(JSON.stringify(json)));
  });

/** Walks down by the choice and puts another value there. */
function exchange(json: unknown, choice: number, value: unknown) {
  let at = json;
  let left = choice;
  for (;;) {
    if (typeof at !== 'object' || at === null) {
      return;
    }
    const keys = Object.keys(at);
    if (keys.length === 0) {
      return;
    }
    const key = keys[left % keys.length];
    left = Math.floor(left / keys.length) * 31 + 7;
    const record = at as Record<string, unknown>;
    if (typeof record[key] !== 'object' || record[key] === null || left % 5 === 0) {
      record[key] = value;
      return;
    }
    at = record[key];
  }
}

import { readFileSync } from 'fs';
import { join } from 'path';

import { runNow } from '../../../engine';
import { framesOf, type Frame } from '../../stackProfile';
import type { ImportedFile, ProfilePart } from '../importedFile';
import { readFileSteps } from '../readFile';

const FOLDER = join(__dirname, '../../../../testdata/profiles/originals');

export function originalBytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FOLDER, file)));
}

/** Reads bytes that hold profiles. */
export function imported(bytes: Uint8Array): ImportedFile {
  const read = runNow(readFileSteps(bytes));
  if (read.kind !== 'profile') {
    throw new Error('A recording is no profile.');
  }
  return read.file;
}

export interface Counted {
  readonly samples: number;
  readonly total: number;
  readonly maxDepth: number;
  readonly self: ReadonlyMap<string, number>;
  readonly totals: ReadonlyMap<string, number>;
}

/**
 * Counts the parts of a file together in the plainest way: what each sample is worth goes to its innermost function as
 * self, and once to every function on its stack as total.
 */
export function count(
  parts: readonly ProfilePart[],
  typeOf: (part: ProfilePart) => number,
  nameOf: (frame: Frame) => string = ({ name }) => name
): Counted {
  const self = new Map<string, number>();
  const totals = new Map<string, number>();
  let samples = 0;
  let total = 0;
  let maxDepth = 0;
  const add = (map: Map<string, number>, name: string, value: number) => map.set(name, (map.get(name) ?? 0) + value);
  for (const part of parts) {
    const { profile } = part;
    const values = profile.values[typeOf(part)];
    profile.sampleStack.forEach((stack, sample) => {
      const names = framesOf(profile, stack).map((frame) => nameOf(profile.frames[frame]));
      samples++;
      total += values[sample];
      maxDepth = Math.max(maxDepth, names.length);
      if (names.length > 0) {
        add(self, names[names.length - 1], values[sample]);
      }
      new Set(names).forEach((name) => add(totals, name, values[sample]));
    });
  }
  return { samples, total, maxDepth, self, totals };
}

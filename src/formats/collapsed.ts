import type { Steps } from '../engine';

import { ByteChunks } from './byteChunks';
import { framesOf, type StackProfile } from './stackProfile';

/** What would end a frame or a line in the format; it has no escape. */
const SEPARATORS = /[;\r\n]/g;
/** Lines between two looks at the clock. */
const A_STEP = 512;

/**
 * Collapsed stacks, one a line: frames from the outermost, joined by ';', a space, the value. Several sample types
 * give several values, as difffolded.pl writes a diff. Values are rounded, which the format demands; lines without any
 * value are left out. Source: github.com/brendangregg/FlameGraph.
 *
 * @throws a RangeError when the file would become too large
 */
export function* collapsedSteps(profile: StackProfile): Steps<Uint8Array[]> {
  const names = profile.frames.map((frame) => frame.name.replace(SEPARATORS, ' ') || '(unnamed)');
  const file = new ByteChunks();
  // A stack may have several samples, and a sample no stack at all.
  const sums = profile.values.map(() => new Float64Array(profile.stackParent.length + 1));
  profile.sampleStack.forEach((stack, sample) =>
    profile.values.forEach((column, type) => (sums[type][stack + 1] += column[sample]))
  );
  for (let stack = -1; stack < profile.stackParent.length; stack++) {
    const values = sums.map((column) => Math.round(column[stack + 1]));
    if (values.some((value) => value !== 0)) {
      const line = framesOf(profile, stack).map((frame) => names[frame]);
      file.write(`${line.join(';') || '(no stack)'} ${values.join(' ')}\n`);
    }
    if (stack % A_STEP === 0) {
      yield stack / profile.stackParent.length;
    }
  }
  return file.all();
}

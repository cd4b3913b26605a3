import { Gunzip } from 'fflate';

import type { Steps } from '../../engine';

import { inMiB, type ReadLimits } from './limits';
import { UnreadableFile } from './unreadable';

/** Packed bytes inflated between two looks at the clock; one such piece grows a thousandfold at most. */
const PIECE = 1 << 16;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The contents of a gzip file. Stops as soon as it grows beyond the limit, which is how a small file that inflates to
 * gigabytes is found out before it fills the memory.
 */
export function* unpackSteps(packed: Uint8Array, limits: ReadLimits): Steps<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const inflating = new Gunzip((piece) => {
    length += piece.length;
    if (length > limits.unpacked) {
      throw new UnreadableFile(
        `The file inflates to more than ${inMiB(limits.unpacked)}, which is the most that is read. Record a shorter time.`
      );
    }
    pieces.push(piece);
  });
  // Files packed one after the other are one file; each ends with its own length.
  let begin = 0;
  inflating.onmember = () => {
    begin = length;
  };
  for (let at = 0; at < packed.length; at += PIECE) {
    const end = Math.min(at + PIECE, packed.length);
    try {
      inflating.push(packed.subarray(at, end), end === packed.length);
    } catch (error) {
      if (error instanceof UnreadableFile) {
        throw error;
      }
      throw new UnreadableFile(
        `The file is packed with gzip and cannot be unpacked at byte ${at} or after it: it is damaged, or its end is missing.`
      );
    }
    yield end / packed.length;
  }
  // The end says how much there was: what is cut off unpacks without complaint as far as it goes.
  const end = new DataView(packed.buffer, packed.byteOffset + packed.length - Math.min(4, packed.length));
  if (packed.length < 18 || end.getUint32(0, true) !== (length - begin) % 2 ** 32) {
    throw new UnreadableFile(
      `The file is packed with gzip, and its end is missing after byte ${packed.length}: ${length} bytes could be unpacked.`
    );
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

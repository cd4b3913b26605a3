import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { javaSymbols } from './javaSymbols';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

/** Numbers of the header: always 0, then 3, the format (1: with Java's names), the period in µs, always 0. */
const HEADER = 5;
const TYPES = [
  { type: 'samples', unit: 'count' },
  { type: 'cpu', unit: 'nanoseconds' },
];

const ZERO = BigInt(0);
const ONE = BigInt(1);

interface Words {
  readonly size: number;
  at(index: number): bigint;
}

/** The words of 4 or 8 bytes, in either order, with which the header makes sense. */
function wordsOf(bytes: Uint8Array): Words | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const size of [4, 8]) {
    for (const little of [true, false]) {
      const at = (index: number) =>
        size === 4 ? BigInt(view.getUint32(index * 4, little)) : view.getBigUint64(index * 8, little);
      if (bytes.length < HEADER * size) {
        continue;
      }
      const [zero, words, kind, period, pad] = Array.from({ length: HEADER }, (_, i) => at(i));
      if (zero === ZERO && words === BigInt(3) && kind <= ONE && period > ZERO && pad === ZERO) {
        return { size, at };
      }
    }
  }
  return undefined;
}

export function isPprofCpu({ bytes }: OpenedFile): boolean {
  return wordsOf(bytes) !== undefined;
}

interface Sample {
  readonly count: number;
  /** Innermost first. */
  addresses: bigint[];
}

/**
 * The binary CPU profile that gperftools and the profiler of Google's Java write.
 * Format: gperftools.github.io/gperftools/cpuprofile-fileformat.html. Frames are addresses, unless a table of names
 * follows.
 */
export function* readPprofCpu({ bytes, limits }: OpenedFile): Steps<ImportedFile> {
  const words = wordsOf(bytes)!;
  const isJava = words.at(2) === ONE;
  const periodNanos = Number(words.at(3)) * 1000;
  const { samples, end } = readSamples(words, Math.floor(bytes.length / words.size));
  const symbols = javaSymbols(new TextDecoder().decode(bytes.subarray(end * words.size)));
  if (!isJava) {
    samples.forEach((sample) => (sample.addresses = sample.addresses.map((a, i) => (i > 0 ? a - ONE : a))));
    dropSignalHandler(samples);
    dropRepeatedLeaf(samples);
  }
  const part = new PartBuilder(TYPES, limits);
  for (const [index, { count, addresses }] of samples.entries()) {
    const frames = [...addresses].reverse().map((address) => {
      const symbol = symbols.get(address);
      return symbol ? part.frame(symbol.name, symbol.file, symbol.line) : part.frame(`0x${address.toString(16)}`);
    });
    part.add(part.stackOf(frames), [count, count * periodNanos]);
    if (index % 1024 === 0) {
      yield index / samples.length;
    }
  }
  return { format: 'pprof (legacy)', parts: [part.build()], notices: [] };
}

function readSamples(words: Words, length: number): { samples: Sample[]; end: number } {
  const samples: Sample[] = [];
  let at = HEADER;
  while (at + 2 <= length) {
    const count = Number(words.at(at));
    const depth = Number(words.at(at + 1));
    at += 2;
    if (depth > length - at) {
      throw new UnreadableFile(
        `The CPU profile is damaged or its end is missing: at byte ${at * words.size} it names ${depth} frames, and there are not that many.`
      );
    }
    const addresses = Array.from({ length: depth }, (_, i) => words.at(at + i));
    at += depth;
    if (count === 0 && depth === 1 && addresses[0] === ZERO) {
      return { samples, end: at };
    }
    samples.push({ count, addresses });
  }
  throw new UnreadableFile('The CPU profile has no end mark: its end is missing.');
}

/** Nearly all stacks have the same frame below the leaf, up to two deep: it is the profiler's own signal handler. */
function dropSignalHandler(samples: readonly Sample[]) {
  const margin = Math.floor(samples.length / 32);
  for (let round = 0; round < 2; round++) {
    const counts = new Map<bigint, number>();
    for (const { addresses } of samples) {
      if (addresses.length > 1) {
        counts.set(addresses[1], (counts.get(addresses[1]) ?? 0) + 1);
      }
    }
    const handler = [...counts].find(([, count]) => count >= samples.length - margin)?.[0];
    for (const { addresses } of samples) {
      if (handler !== undefined && addresses[1] === handler) {
        addresses.splice(1, 1);
      }
    }
  }
}

/** The leaf stands twice on the stack when both the signal's context and the unwinder gave it. */
function dropRepeatedLeaf(samples: readonly Sample[]) {
  for (const { addresses } of samples) {
    if (addresses.length > 1 && addresses[0] === addresses[1] + ONE) {
      addresses.splice(1, 1);
    }
  }
}

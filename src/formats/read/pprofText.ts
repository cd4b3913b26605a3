import type { Steps } from '../../engine';
import type { SampleType } from '../stackProfile';

import type { ImportedFile } from './importedFile';
import { javaSymbols, type Symbol } from './javaSymbols';
import { Lines, LINES_A_STEP } from './lines';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

/** What a kind of text profile says in its head, and how one of its lines becomes a sample. */
interface TextProfile {
  readonly types: readonly SampleType[];
  /** Values of a sample and where its addresses begin; undefined when the line is no sample. */
  sample(line: string): readonly number[] | undefined;
  /** Addresses are those after a call: the call itself is one before. */
  readonly adjust: 'all' | 'callers' | 'none';
}

const ONE = BigInt(1);
const HEAP_HEAD = /^heap profile: *\d+: *\d+ *\[ *\d+: *\d+ *\] *@ *([a-z_0-9]+)(?:\/(\d+))?/;
const HEAP_SAMPLE = /^\s*(-?\d+): *(-?\d+) *\[ *(\d+): *(\d+) *\] *@/;
const PAIR_SAMPLE = /^\s*(\d+) +(\d+) *@/;
const COUNT_HEAD = /^(\S+) profile: total \d+$/;
const COUNT_SAMPLE = /^(\d+) @/;
const CONTENTION_HEAD = /^--- (contentionz \d+ ---|mutex:|contention:)/;
const HEAPZ_HEAD = /^--- heapz \d+ ---/;
const THREADS_HEAD = /^--- (threadz \d+|Thread [0-9a-f]+ \(name: .*\) stack:) ---/i;

function firstLine(head: string): string {
  return (
    head
      .split('\n')
      .find((line) => line.trim() !== '' && !line.startsWith('#'))
      ?.trim() ?? ''
  );
}

/** Whether it is one of the text forms that came before pprof's protobuf: heap, contention, threads, counts. */
export function isPprofText(file: OpenedFile): boolean {
  const line = file.isBinary() ? '' : firstLine(file.head());
  return [HEAP_HEAD, COUNT_HEAD, CONTENTION_HEAD, HEAPZ_HEAD, THREADS_HEAD].some((head) => head.test(line));
}

export function* readPprofText(file: OpenedFile): Steps<ImportedFile> {
  const text = file.text();
  const head = firstLine(file.head());
  const lines = new Lines(text);
  const symbols = new Map([...javaSymbols(text), ...goSymbols(text)]);
  if (THREADS_HEAD.test(head)) {
    return yield* readThreads(lines, symbols, file);
  }
  const { types, sample, adjust } = kindOf(head, text);
  const part = new PartBuilder(types, file.limits);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (/^--- Memory map: ---|^MAPPED_LIBRARIES:/.test(line)) {
      break;
    }
    const values = sample(line);
    if (values) {
      const at = line.indexOf('@');
      part.add(part.stackOf(framesOf(part, addressesIn(line.slice(at)), adjust, symbols)), values);
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done();
    }
  }
  return { format: 'pprof (legacy)', parts: [part.build()], notices: [] };
}

function kindOf(head: string, text: string): TextProfile {
  const count = COUNT_HEAD.exec(head);
  if (count) {
    return {
      types: [{ type: count[1], unit: 'count' }],
      sample: (line) => numbers(COUNT_SAMPLE.exec(line)),
      adjust: 'all',
    };
  }
  if (HEAPZ_HEAD.test(head)) {
    return {
      types: [
        { type: 'inuse_objects', unit: 'count' },
        { type: 'inuse_space', unit: /^[ \t]*resolution *= *(\w+)/m.exec(text)?.[1] ?? 'bytes' },
      ],
      sample: (line) => {
        const [space, objects] = numbers(PAIR_SAMPLE.exec(line)) ?? [];
        return space === undefined ? undefined : scaled(objects, space, 2 ** 19);
      },
      adjust: 'none',
    };
  }
  return CONTENTION_HEAD.test(head) ? contention(text) : heap(head);
}

function contention(text: string): TextProfile {
  const setting = (name: string) => new RegExp(`^[ \\t]*${name} *= *(\\S+)`, 'm').exec(text)?.[1];
  const period = Number(setting('sampling period') ?? 1) || 1;
  const isJava = setting('format') === 'java';
  const gigahertz = Number(setting('cycles/second') ?? 0) / 1e9;
  return {
    types: [
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: isJava ? (setting('resolution') ?? 'microseconds') : 'nanoseconds' },
    ],
    sample: (line) => {
      const [delay, count] = numbers(PAIR_SAMPLE.exec(line)) ?? [];
      if (delay === undefined) {
        return undefined;
      }
      const scale = isJava ? period : gigahertz > 0 ? period / gigahertz : 1;
      return [count * period, Math.trunc(delay * scale)];
    },
    adjust: isJava ? 'none' : 'all',
  };
}

function heap(head: string): TextProfile {
  const [, kind, written] = HEAP_HEAD.exec(head) ?? [];
  if (
    !['heapz_v2', 'heap_v2', 'heap', 'heapprofile', 'growth', 'growthz', 'fragmentation', 'fragmentationz'].includes(
      kind
    )
  ) {
    throw new UnreadableFile(`The heap profile is of a kind that is not known: “${kind}”.`);
  }
  const isSampled = kind.startsWith('heap') && kind !== 'heapprofile';
  const period = isSampled ? Number(written ?? 0) / (kind === 'heap' ? 2 : 1) : 1;
  const [objects, space, allocObjects, allocSpace] = (head.match(/\d+/g) ?? []).map(Number);
  const hasAllocated = (allocObjects !== objects && allocObjects !== 0) || (allocSpace !== space && allocSpace !== 0);
  const inUse = (prefix: string) => [
    { type: `${prefix}objects`, unit: 'count' },
    { type: `${prefix}space`, unit: 'bytes' },
  ];
  return {
    types: hasAllocated ? [...inUse('alloc_'), ...inUse('inuse_')] : inUse(''),
    sample: (line) => {
      const found = numbers(HEAP_SAMPLE.exec(line));
      if (!found) {
        return undefined;
      }
      const used = scaled(found[0], found[1], period);
      return hasAllocated ? [...scaled(found[2], found[3], period), ...used] : used;
    },
    adjust: 'all',
  };
}

/**
 * What a sampled count and size stand for when allocations are sampled once every `period` bytes on average; whole
 * numbers, as pprof's own tool has them.
 */
function scaled(count: number, size: number, period: number): [number, number] {
  if (count === 0 || size === 0) {
    return [0, 0];
  }
  const scale = period <= 1 ? 1 : 1 / (1 - Math.exp(-(size / count) / period));
  return [Math.trunc(count * scale), Math.trunc(size * scale)];
}

function numbers(match: RegExpExecArray | null): number[] | undefined {
  return match ? match.slice(1).map(Number) : undefined;
}

function addressesIn(text: string): bigint[] {
  return (text.match(/0x[0-9a-f]{1,16}/gi) ?? []).map(BigInt);
}

function framesOf(
  part: PartBuilder,
  addresses: readonly bigint[],
  adjust: TextProfile['adjust'],
  symbols: ReadonlyMap<bigint, Symbol>
): number[] {
  return addresses
    .map((address, i) => {
      const call = adjust === 'all' || (adjust === 'callers' && i > 0) ? address - ONE : address;
      const symbol = symbols.get(call);
      return symbol ? part.frame(symbol.name, symbol.file, symbol.line) : part.frame(`0x${call.toString(16)}`);
    })
    .reverse();
}

/** Names that Go writes as comments under a stack: `#\t0x6c8854\tmain.wait+0x14\tmain.go:147`. */
function goSymbols(text: string): Map<bigint, Symbol> {
  const symbols = new Map<bigint, Symbol>();
  for (const [, address, name, file, line] of text.matchAll(
    /^#\t0x([0-9a-f]{1,16})\t([^\t\n]+?)(?:\+0x[0-9a-f]+)?\t+([^\t\n]+):(\d+)\s*$/gm
  )) {
    symbols.set(BigInt(`0x${address}`), { name, file, line: Number(line) });
  }
  return symbols;
}

/** Stacks of threads, each address on a line of its own with what is there. */
function* readThreads(lines: Lines, symbols: ReadonlyMap<bigint, Symbol>, file: OpenedFile): Steps<ImportedFile> {
  const part = new PartBuilder([{ type: 'thread', unit: 'count' }], file.limits);
  let addresses: bigint[] = [];
  let last = -1;
  let isThread = false;
  const finish = () => {
    // The leaf stands twice when both the context and the unwinder gave it.
    if (addresses.length > 1 && addresses[0] === addresses[1]) {
      addresses.splice(1, 1);
    }
    if (isThread && addresses.length > 0) {
      last = part.stackOf(framesOf(part, addresses, 'callers', symbols));
      part.add(last, [1]);
    }
    addresses = [];
  };
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (/^--- Memory map: ---/.test(line)) {
      break;
    }
    if (line.startsWith('---')) {
      finish();
      isThread = /^--- Thread /.test(line);
    } else if (line.includes('same as previous thread') && last >= 0) {
      part.add(last, [1]);
    } else {
      addresses.push(...addressesIn(line));
    }
    if (lines.number % LINES_A_STEP === 0) {
      yield lines.done();
    }
  }
  finish();
  return { format: 'pprof (legacy)', parts: [part.build()], notices: [] };
}

import { runNow } from '../../engine';
import originals from '../../../testdata/profiles/originals.json';
import type { Frame } from '../stackProfile';

import type { ProfilePart } from './importedFile';
import { readFileSteps } from './readFile';
import { count, imported, originalBytes } from './testing/originals';

interface Original {
  readonly file: string;
  readonly format: string;
  readonly defaultType?: string;
  readonly sampleTypes?: ReadonlyArray<{ readonly type: string; readonly unit: string; readonly total?: number }>;
  readonly samples?: number;
  readonly total?: number;
  readonly maxDepth?: number;
  readonly topSelf?: ReadonlyArray<{ readonly name: string; readonly value: number }>;
  readonly topTotal?: ReadonlyArray<{ readonly name: string; readonly value: number }>;
}

const files = originals.files as readonly Original[];
const READ_IN_BROWSER = files.filter(({ format, total }) => format !== 'jfr' && total !== undefined);

/** What each format calls itself. */
const FORMAT_NAMES: Readonly<Record<string, RegExp>> = {
  pprof: /^pprof/,
  collapsed: /^collapsed stacks$/,
  speedscope: /^speedscope$/,
  'trace-event': /^trace events$/,
  cpuprofile: /^\.cpuprofile$/,
  heapprofile: /^\.heapprofile$/,
  otlp: /^OTLP profiles$/,
  'perf-script': /^perf script$/,
  callgrind: /^callgrind$/,
  stackprof: /^stackprof$/,
  firefox: /^Firefox profile$/,
  'ghc-prof-json': /^GHC profile$/,
};

/** Types that the counting scripts call otherwise. */
const TYPE_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  collapsed: { alloc: 'samples' },
  heapprofile: { self_size: 'inuse_space' },
  'ghc-prof-json': { time: 'ticks' },
};

function typeOf({ format, defaultType = '' }: Original): (part: ProfilePart) => number {
  const wanted = TYPE_NAMES[format]?.[defaultType] ?? defaultType;
  return ({ profile }) => {
    const found = profile.sampleTypes.findIndex(({ type }) => type === wanted);
    if (found < 0) {
      throw new Error(`There is no ${wanted} among ${profile.sampleTypes.map(({ type }) => type).join(', ')}.`);
    }
    return found;
  };
}

function nameOf({ format }: Original): (frame: Frame) => string {
  return ({ name, file }) => {
    if (format === 'callgrind') {
      return `${file ?? '???'}:${name}`;
    }
    // Go's thread profile has a function without a name, which is shown by its address.
    return name === '0xffffffffffffffff' ? '' : name;
  };
}

/** Values in the order of the lists: largest first, ties by name. */
function top(found: ReadonlyMap<string, number>, expected: ReadonlyArray<{ name: string; value: number }>) {
  const ordered = [...found].filter(([, value]) => value !== 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return ordered.slice(0, expected.length).map(([name, value]) => ({ name, value }));
}

function rounded(list: ReadonlyArray<{ name: string; value: number }>) {
  return list.map(({ name, value }) => ({ name, value: Number(value.toPrecision(9)) }));
}

describe.each(READ_IN_BROWSER)('$file', (original) => {
  const file = imported(originalBytes(original.file));
  const counted = count(file.parts, typeOf(original), nameOf(original));

  it('is told to be what it is', () => {
    expect(file.format).toMatch(FORMAT_NAMES[original.format]);
  });

  it('has the totals that other tools found', () => {
    // The lines of one callgrind file add up to what it says in `totals`, 2 less than in its `summary`.
    expect(counted.total).toBeCloseTo(original.total!, original.format === 'callgrind' ? -1 : 5);
    for (const { type, total } of original.sampleTypes ?? []) {
      const same = typeOf({ ...original, defaultType: type });
      if (total !== undefined) {
        expect(count(file.parts, same).total).toBeCloseTo(total, 5);
      }
    }
    if (original.maxDepth !== undefined) {
      expect(counted.maxDepth).toBe(original.maxDepth);
    }
  });

  it('has the top functions that other tools found', () => {
    expect(rounded(top(counted.self, original.topSelf ?? []))).toEqual(rounded(original.topSelf ?? []));
    // callgrind's own tool counts what a function spends in itself again.
    const isCounted = original.format !== 'callgrind' && original.topTotal !== undefined;
    expect(isCounted ? rounded(top(counted.totals, original.topTotal!)) : []).toEqual(
      isCounted ? rounded(original.topTotal!) : []
    );
  });
});

describe('a Flight Recorder file', () => {
  it.each(files.filter(({ file, format }) => format === 'jfr' && file.startsWith('jfr/')))(
    '$file is left to the backend',
    ({ file }) => {
      expect(runNow(readFileSteps(originalBytes(file))).kind).toBe('recording');
    }
  );
});

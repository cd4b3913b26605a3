import Ajv from 'ajv';
import { execFileSync } from 'child_process';
import * as fc from 'fast-check';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { gzipSync } from 'zlib';

import { ingest, runNow, type CallTree, type Steps } from '../engine';
import { callTreeSteps, collapsedSteps, pprofSteps, speedscopeSteps, type PprofTimes } from '.';
import { ByteChunks } from './byteChunks';

/** Go builds its pprof tool when it is first called. */
jest.setTimeout(180_000);

const CPU = { type: 'cpu', unit: 'nanoseconds' };

/** total 100: main 90 (self 20) -> parse 70 (self 60) -> parse 10; "odd;name" 10. */
const recursive = ingest({
  level: [0, 1, 2, 3, 1],
  value: [100, 90, 70, 10, 10],
  self: [0, 20, 60, 10, 10],
  label: ['total', 'main', 'parse', 'parse', 'odd;name\n'],
});

const diff = ingest({
  level: [0, 1, 1],
  value: [30, 30, 0],
  self: [0, 30, 0],
  valueRight: [50, 10, 40],
  selfRight: [0, 10, 40],
  label: ['total', 'old', 'new'],
});

const stacksOf = (tree: CallTree) => runNow(callTreeSteps(tree, CPU));
const bytesOf = (steps: Steps<Uint8Array[]>) => Buffer.concat(runNow(steps));
const pprofOf = (tree: CallTree, times?: PprofTimes) => bytesOf(pprofSteps(stacksOf(tree), times));
const collapsedOf = (tree: CallTree) => bytesOf(collapsedSteps(stacksOf(tree))).toString();
const speedscopeOf = (tree: CallTree) => bytesOf(speedscopeSteps(stacksOf(tree), 'orders')).toString();

/** A function's flat and cumulative value as `go tool pprof` reads them. */
function pprofTop(bytes: Uint8Array, ...flags: string[]): Record<string, { flat: number; cum: number }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pprof-'));
  try {
    const file = path.join(folder, 'profile.pb.gz');
    fs.writeFileSync(file, gzipSync(bytes));
    const text = execFileSync('go', ['tool', 'pprof', '-top', '-nodecount=1000', '-unit=ns', ...flags, file], {
      encoding: 'utf8',
      env: { ...process.env, PPROF_TMPDIR: folder },
    });
    const rows = text.split('\n').flatMap((line) => {
      const cells = /^\s*(-?[\d.]+)(?:ns)?\s+\S+\s+\S+\s+(-?[\d.]+)(?:ns)?\s+\S+\s+(.+)$/.exec(line);
      return cells ? [[cells[3].trim(), { flat: Number(cells[1]), cum: Number(cells[2]) }] as const] : [];
    });
    return Object.fromEntries(rows);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe('pprof', () => {
  it('is read by go tool pprof with the same self and total values', () => {
    expect(pprofTop(pprofOf(recursive))).toEqual({
      parse: { flat: 70, cum: 70 },
      main: { flat: 20, cum: 90 },
      'odd;name': { flat: 10, cum: 10 },
    });
  });

  it('holds both sides of a diff', () => {
    const bytes = pprofOf(diff, { from: 1700000000000, to: 1700000060000 });
    expect(pprofTop(bytes, '-sample_index=cpu_baseline')).toEqual({ old: { flat: 30, cum: 30 } });
    expect(pprofTop(bytes, '-sample_index=cpu_comparison')).toEqual({
      new: { flat: 40, cum: 40 },
      old: { flat: 10, cum: 10 },
    });
  });
});

describe('speedscope', () => {
  const schema = JSON.parse(
    fs.readFileSync(require.resolve('speedscope/dist/release/file-format-schema.json'), 'utf8')
  );
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

  it.each([
    ['a profile', recursive],
    ['a diff', diff],
  ])('follows the schema for %s', (_, tree) => {
    const json = JSON.parse(speedscopeOf(tree));
    expect(validate(json)).toBe(true);
  });

  it('keeps stacks and weights', () => {
    const { shared, profiles } = JSON.parse(speedscopeOf(recursive));
    const names = profiles[0].samples.map((stack: number[]) => stack.map((frame) => shared.frames[frame].name));
    expect(names).toEqual([['main'], ['main', 'parse'], ['main', 'parse', 'parse'], ['odd;name\n']]);
    expect(profiles[0].weights).toEqual([20, 60, 10, 10]);
    expect(profiles[0].endValue).toBe(100);
  });
});

describe('a file', () => {
  it('comes in pieces, in order, and as the bytes of its text', () => {
    const file = new ByteChunks();
    const texts = Array.from({ length: 40 }, (_, at) => `${at}ä`.repeat(5000));
    texts.forEach((text) => file.write(text));
    const chunks = file.all();
    expect(chunks.length).toBeGreaterThan(1);
    expect(Buffer.concat(chunks).toString()).toBe(texts.join(''));
  });

  it('that would be too large is refused with a sentence', () => {
    const file = new ByteChunks(2e6);
    file.append(new Uint8Array(2e6));
    expect(() => file.append(new Uint8Array(1))).toThrow(
      'The file would have more than 2 MB. Collapse small frames or keep only some of the stacks.'
    );
  });
});

describe('collapsed', () => {
  it('writes a line a stack, without separators inside names', () => {
    expect(collapsedOf(recursive)).toBe('main 20\nmain;parse 60\nmain;parse;parse 10\nodd name  10\n');
  });

  it('writes both values of a diff', () => {
    expect(collapsedOf(diff)).toBe('old 30 10\nnew 0 40\n');
  });

  it('keeps the sum of any tree', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (selves) => {
        // A chain: node i calls node i + 1.
        const value = selves.map((_, i) => selves.slice(i).reduce((sum, self) => sum + self, 0));
        const tree = ingest({
          level: selves.map((_, i) => i),
          value,
          self: selves,
          label: selves.map((_, i) => `f${i % 3}`),
        });
        const lines = collapsedOf(tree).split('\n').filter(Boolean);
        const sum = lines.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
        expect(sum).toBe(value[0]);
      })
    );
  });
});

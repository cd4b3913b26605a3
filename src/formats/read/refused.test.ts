import { gzipSync } from 'zlib';

import { runNow } from '../../engine';

import { READ_LIMITS } from './limits';
import { readFileSteps } from './readFile';
import { count, imported, originalBytes } from './testing/originals';
import { read } from './testing/written';

const speedscopeOf = (profiles: number) =>
  JSON.stringify({
    shared: { frames: [{ name: 'main' }] },
    profiles: Array(profiles).fill({ type: 'sampled', samples: [[0]], weights: [1] }),
  });

const traceEvent = (thread: number) => ({ ph: 'X', pid: 1, tid: thread + 1, ts: 1, dur: 1, name: 'main' });

describe('what is no profile', () => {
  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['prose', 'Dear all,\nthe meeting is moved.\n', 'text of no format that is known'],
    ['other JSON', '{"a": 1}', 'JSON, but of no profiler'],
    ['JSON without its end', '{"nodes": [{"id": 1}', 'begins as JSON but is none'],
    ['a ZIP archive', 'PK\x03\x04', 'ZIP archive'],
    ['perf.data', 'PERFILE2xxxx', 'perf script'],
    ['a picture', '<?xml version="1.0"?><svg></svg>', 'picture'],
    ['a heap snapshot', '{"snapshot":{"meta":{}}}', '--heap-prof'],
    ['a profile without samples', '{"head":{"callFrame":{},"selfSize":0},"samples":[]}', 'without a single sample'],
  ])('%s is refused with a reason', (_, content, sentence) => {
    expect(() => read(content)).toThrow(sentence);
  });

  it('random bytes are refused', () => {
    expect(() => imported(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251))).toThrow('no format');
  });
});

describe('what is too much', () => {
  it('gzip that inflates without end is stopped', () => {
    const bomb = gzipSync(Buffer.alloc(40 << 20));
    const steps = readFileSteps(new Uint8Array(bomb), { ...READ_LIMITS, unpacked: 8 << 20 });
    expect(() => runNow(steps)).toThrow('inflates to more than 8 MiB');
  });

  it.each([
    ['speedscope', (n: number) => speedscopeOf(n)],
    ['trace events', (n: number) => JSON.stringify(Array.from({ length: n }, (_, i) => traceEvent(i)))],
  ])('profiles without end in a file of %s are stopped', (_, write) => {
    const steps = (n: number) => readFileSteps(new Uint8Array(Buffer.from(write(n))), { ...READ_LIMITS, parts: 100 });
    expect(runNow(steps(100))).toMatchObject({ file: { parts: { length: 100 } } });
    expect(() => runNow(steps(101))).toThrow('more than 100 profiles or threads');
  });

  it('gzip in gzip in gzip is stopped', () => {
    const packed = [1, 2, 3, 4].reduce((bytes) => gzipSync(bytes), Buffer.from('a;b 1\n'));
    expect(() => imported(new Uint8Array(packed))).toThrow('again and again');
  });

  it('gzip without its end is told', () => {
    const bytes = originalBytes('go-runtime-pprof/cpu.before.pb.gz');
    expect(() => imported(bytes.subarray(0, bytes.length / 2))).toThrow(/its end is missing/);
  });

  it('text in gzip that is cut off is not taken for the whole', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `main;f${(i * 7919) % 10_007} ${i + 1}`).join('\n');
    const packed = new Uint8Array(gzipSync(lines));
    expect(() => imported(packed.subarray(0, packed.length - 2000))).toThrow('its end is missing');
  });

  it('files packed one after the other are one', () => {
    const packed = Buffer.concat([gzipSync('a;b 1\n'), gzipSync('a;c 2\n')]);
    expect(count(imported(new Uint8Array(packed)).parts, () => 0).total).toBe(3);
  });

  it('JSON that is nested without end is no danger', () => {
    expect(() => read('['.repeat(200_000))).toThrow('begins as JSON');
    const deep =
      '{"head":' +
      '{"callFrame":{"functionName":"f"},"selfSize":1,"children":['.repeat(20_000) +
      ']}'.repeat(20_000) +
      '}';
    expect(() => read(deep)).toThrow('more than 16384 frames');
  });

  it('a stack without end is told', () => {
    expect(() => read(`${Array.from({ length: 20_000 }, (_, i) => `f${i}`).join(';')} 1\n`)).toThrow(
      'more than 16384 frames'
    );
  });

  it('files of 500 MB are refused before they are read', () => {
    const large = { length: 500 << 20 } as Uint8Array;
    expect(() => runNow(readFileSteps(large))).toThrow('The file has 500 MiB; at most 256 MiB are read.');
  });
});

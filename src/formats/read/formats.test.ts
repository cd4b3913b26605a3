import { gzipSync } from 'zlib';

import { runNow } from '../../engine';

import { READ_LIMITS } from './limits';
import { readFileSteps } from './readFile';
import { count, imported, originalBytes } from './testing/originals';

function read(content: string | object) {
  return imported(new Uint8Array(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))));
}

/** Self and total of each function over all parts, by the sample type of an index. */
function counted(content: string | object, type = 0) {
  const { self, totals, total } = count(read(content).parts, () => type);
  return { self: Object.fromEntries(self), totals: Object.fromEntries(totals), total };
}

describe('goroutines as text', () => {
  it('are counted with their names, debug=1', () => {
    const { parts, format } = imported(originalBytes('go-runtime-pprof/goroutine.debug1.txt'));
    const { total, totals } = count(parts, () => 0);
    expect(format).toBe('pprof (legacy)');
    expect(total).toBe(26);
    expect(totals.get('main.waitForOrders')).toBe(25);
    expect(totals.get('main.main')).toBe(1);
  });

  it('are counted with the state they wait in, debug=2', () => {
    const text = [
      'goroutine 1 [running]:',
      'main.(*Server).serve(0xc0000b4000, {0x1, 0x2})',
      '\t/app/main.go:12 +0x1d',
      'created by main.main in goroutine 1',
      '\t/app/main.go:7 +0x2a',
      '',
      'goroutine 7 [chan receive, 5 minutes]:',
      'main.worker(...)',
      '\t/app/worker.go:3',
      '',
      'goroutine 8 [chan receive]:',
      'main.worker(...)',
      '\t/app/worker.go:3',
      '',
    ].join('\n');
    expect(counted(text)).toEqual({
      self: { '[running]': 1, '[chan receive]': 2 },
      totals: { 'main.main': 1, 'main.(*Server).serve': 1, '[running]': 1, 'main.worker': 2, '[chan receive]': 2 },
      total: 3,
    });
  });
});

describe('collapsed stacks', () => {
  it('leave out lines without a value and say which', () => {
    const { notices } = imported(originalBytes('from-speedscope/stackcollapse/simple-with-invalids.txt'));
    expect(notices).toEqual([expect.stringMatching(/^1 lines? .* line 8/)]);
  });

  it('are read from bpftrace', () => {
    const text = 'Attaching 1 probe...\n\n@[\n    inner+12\n    outer+5\n, nginx]: 3\n@[\n    outer+9\n]: 2\n';
    expect(counted(text).self).toEqual({ inner: 3, outer: 2 });
    expect(counted(text).totals).toEqual({ nginx: 3, inner: 3, outer: 5 });
  });
});

describe('speedscope', () => {
  it('closes what was still open at the end, and says so', () => {
    const file = imported(originalBytes('from-speedscope/speedscope/incomplete-trace.json'));
    expect(count(file.parts, () => 0).total).toBe(100);
    expect(file.notices[0]).toContain('still open');
  });

  it('says which event is out of order', () => {
    expect(() => imported(originalBytes('from-speedscope/speedscope/out-of-order-events.json'))).toThrow(
      'event 7 of profile 1 closes a frame that is not the one opened last'
    );
  });

  it('says which frame is missing', () => {
    const profiles = [{ type: 'sampled', unit: 'none', samples: [[4]], weights: [1] }];
    expect(() => read({ shared: { frames: [{ name: 'a' }] }, profiles })).toThrow('profile 1 refers to frame 4');
  });
});

describe('trace events', () => {
  it('nest complete events in begun ones', () => {
    const { parts } = imported(originalBytes('from-speedscope/trace-event/simple.json'));
    const { self, totals } = count(parts, () => 0);
    expect(Object.fromEntries(self)).toEqual({ alpha: 2, beta: 3, gamma: 5, epsilon: 4 });
    expect(Object.fromEntries(totals)).toEqual({ alpha: 14, beta: 12, gamma: 5, epsilon: 4 });
  });

  it('are read from a list whose end is missing', () => {
    const { parts, notices } = imported(originalBytes('from-speedscope/trace-event/simple-partial.json'));
    expect(count(parts, () => 0).totals.get('alpha')).toBe(14);
    expect(notices[0]).toContain('end of the file is missing');
  });

  it('that do not match are told', () => {
    const { parts, notices } = imported(originalBytes('from-speedscope/trace-event/unbalanced-name.json'));
    expect(count(parts, () => 0).totals.get('alpha')).toBe(9);
    expect(notices[0]).toMatch(/^\d events/);
  });

  it('give the CPU profile that Chrome wrote in chunks', () => {
    const chunk = (nodes: object[], samples: number[], timeDeltas: number[]) => ({
      ...{ ph: 'P', name: 'ProfileChunk', pid: 1, tid: 9, id: '0x1' },
      args: { data: { cpuProfile: { nodes, samples }, timeDeltas } },
    });
    const node = (id: number, functionName: string, parent?: number) => ({ id, parent, callFrame: { functionName } });
    const { parts } = read({
      traceEvents: [
        { ph: 'M', name: 'thread_name', pid: 1, tid: 2, args: { name: 'Renderer' } },
        { ph: 'P', name: 'Profile', pid: 1, tid: 2, id: '0x1', args: { data: { startTime: 100 } } },
        chunk([node(1, '(root)'), node(2, 'a', 1)], [2, 2], [0, 10]),
        chunk([node(3, 'b', 2)], [3, 3], [10, 10]),
      ],
    });
    expect(parts.map(({ name }) => name)).toEqual(['CPU profile, Renderer (2)']);
    expect(Object.fromEntries(count(parts, () => 1).self)).toEqual({ a: 20, b: 20 });
  });
});

describe('Chrome’s CPU profiles of old', () => {
  it('are trees with the time of each sample', () => {
    const head = {
      functionName: '(root)',
      id: 1,
      children: [{ functionName: 'a', id: 2, lineNumber: 3, children: [] }],
    };
    expect(counted({ head, startTime: 1, endTime: 2, samples: [2, 2, 1], timestamps: [10, 20, 40] }, 1).self).toEqual({
      a: 30,
      '(root)': 15,
    });
  });
});

describe('flame JSON', () => {
  const metadata = { units: 'bytes', name: 'alloc', format: 'single' };

  it('of Pyroscope has rows of nodes', () => {
    const flamebearer = {
      names: ['total', 'a', 'b'],
      levels: [
        [0, 10, 1, 0],
        [0, 4, 1, 1, 1, 4, 4, 2],
        [1, 3, 3, 2],
      ],
    };
    expect(counted({ version: 1, flamebearer, metadata })).toEqual({
      self: { a: 1, b: 7 },
      totals: { a: 4, b: 7 },
      total: 9,
    });
  });

  it('of Pyroscope has both sides of a difference', () => {
    const names = ['total', 'a', 'b'];
    const levels = [
      [0, 4, 0, 0, 6, 0, 0],
      [0, 4, 4, 0, 1, 1, 1, 0, 0, 0, 0, 5, 5, 2],
    ];
    const file = read({
      flamebearer: { names, levels },
      metadata: { ...metadata, format: 'double' },
      leftTicks: 4,
      rightTicks: 6,
    });
    expect(file.parts[0].isDiff).toBe(true);
    expect(Object.fromEntries(count(file.parts, () => 0).self)).toEqual({ a: 4, b: 0 });
    expect(Object.fromEntries(count(file.parts, () => 1).self)).toEqual({ a: 1, b: 5 });
  });

  it.each([
    ['the query inspector', (frame: object) => ({ results: { A: { frames: [frame] } } })],
    ['a panel', (frame: object) => [frame]],
  ])('of Grafana is read as %s saves it', (_, wrap) => {
    const schema = {
      fields: [
        { name: 'level' },
        { name: 'value', config: { unit: 'ns' } },
        { name: 'self' },
        { name: 'label', config: { type: { enum: { text: ['total', 'a', 'b'] } } } },
      ],
    };
    const frame = {
      schema,
      data: {
        values: [
          [0, 1, 2, 1],
          [10, 6, 2, 4],
          [0, 4, 2, 4],
          [0, 1, 2, 2],
        ],
      },
    };
    const file = read(wrap(frame));
    expect(file.parts[0].profile.sampleTypes).toEqual([{ type: 'time', unit: 'nanoseconds' }]);
    expect(Object.fromEntries(count(file.parts, () => 0).self)).toEqual({ a: 4, b: 6 });
  });
});

describe('Firefox', () => {
  it('profiles are read as profiler.firefox.com saves them', () => {
    const thread = {
      ...{ name: 'Main', processName: 'Web', tid: 4 },
      samples: { stack: [1, 1, 0, null], time: [1, 2, 3, 4], length: 4 },
      stackTable: { frame: [0, 1], prefix: [null, 0] },
      frameTable: { func: [0, 1], line: [null, 7] },
      funcTable: { name: [0, 1], fileName: [null, 2] },
      stringArray: ['main', 'draw', 'app.js'],
    };
    const file = read({ meta: { product: 'Firefox' }, threads: [thread] });
    expect(file.parts[0].name).toBe('Web, Main 4');
    expect(file.parts[0].profile.frames).toContainEqual({ name: 'draw', file: 'app.js', line: 7 });
    expect(Object.fromEntries(count(file.parts, () => 0).self)).toEqual({ main: 1, draw: 2 });
  });
});

describe('stackprof', () => {
  it('without stacks gives what each function cost itself', () => {
    const file = read({
      mode: 'wall',
      interval: 1000,
      samples: 3,
      frames: { 1: { name: 'a', samples: 3 }, 2: { name: 'b', samples: 0 } },
    });
    expect(Object.fromEntries(count(file.parts, () => 1).self)).toEqual({ a: 3000 });
    expect(file.notices[0]).toContain('--raw');
  });
});

describe('Instruments', () => {
  it('copies rows that are indented', () => {
    const { parts, format } = imported(originalBytes('from-speedscope/Instruments/simple-time-profile-deep-copy.txt'));
    const { self, totals } = count(parts, () => 0);
    expect(format).toBe('Instruments');
    expect(self.get('delta()')).toBe(846e6);
    // The tool rounds what it shows: 4.93 s.
    expect(totals.get('start')! / 1e9).toBeCloseTo(4.93, 1);
  });
});

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

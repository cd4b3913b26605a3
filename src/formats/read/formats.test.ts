import { count, imported, originalBytes } from './testing/originals';
import { counted, read } from './testing/written';

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

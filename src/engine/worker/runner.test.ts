import { MessageChannel as Channel, type MessagePort as Port } from 'worker_threads';
import type { CallTree } from '../callTree';
import { columnsOf, faults, linesOfTree, treeOf } from '../testing/trees';
import { diffSteps } from '../diff';
import { ingestSteps } from '../ingest/ingest';
import { invertSteps } from '../invert';
import { sandwich, sandwichSteps } from '../sandwich';
import { IngestError } from '../ingest/ingestError';
import type { Steps } from '../steps';
import type { FromWorker, ToWorker } from './messages';
import { createRunner } from './runner';
import { serve, type WorkerScope } from './serve';
import type { WorkerLike } from './workerLink';

const SAMPLES = [
  { stack: ['main', 'a', 'b'], left: 5, right: 0 },
  { stack: ['main', 'b', 'c', 'b'], left: 3, right: 0 },
];

function* endless(): Steps<string> {
  for (;;) {
    yield 0.5;
  }
}

const tasks = {
  ingest: ingestSteps,
  sandwich: sandwichSteps,
  invert: invertSteps,
  diff: diffSteps,
  endless: (_: CallTree) => endless(),
  same: function* (tree: CallTree): Steps<{ first: CallTree; second: CallTree; renamed: CallTree }> {
    yield 0;
    return { first: tree, second: tree, renamed: { ...tree, start: tree.start.slice() } };
  },
};

/** A worker whose messages are really cloned and handed over; it runs in this thread. */
class ChannelWorker implements WorkerLike {
  static running: ChannelWorker[] = [];
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  readonly posted: ToWorker[] = [];
  ended = false;
  private readonly near: Port;
  private readonly far: Port;

  constructor(answering = true) {
    const { port1, port2 } = new Channel();
    this.near = port1;
    this.far = port2;
    this.near.on('message', (data: FromWorker) => this.onmessage?.({ data } as MessageEvent<FromWorker>));
    ChannelWorker.running.push(this);
    if (answering) {
      const scope: WorkerScope = {
        onmessage: null,
        postMessage: (message, transfer) => this.far.postMessage(message, transfer as ArrayBuffer[]),
      };
      this.far.on('message', (data: ToWorker) => scope.onmessage?.({ data } as MessageEvent<ToWorker>));
      serve(scope, tasks);
    }
  }

  postMessage(message: ToWorker) {
    this.posted.push(message);
    this.near.postMessage(message);
  }

  terminate() {
    this.ended = true;
    this.near.close();
    this.far.close();
  }
}

afterEach(() => {
  ChannelWorker.running.forEach((worker) => worker.terminate());
  ChannelWorker.running = [];
  jest.useRealTimers();
});

function inWorker() {
  return createRunner({ tasks, startWorker: () => new ChannelWorker(), minNodes: 1 });
}

describe('a task in a worker', () => {
  it('gives what it gives here', async () => {
    const tree = treeOf(SAMPLES);
    const label = tree.labels.indexOf('b');
    const found = await inWorker().run('sandwich', [tree, label]);
    const expected = sandwich(tree, label);
    expect(linesOfTree(found.callees)).toEqual(linesOfTree(expected.callees));
    expect(linesOfTree(found.callers.tree)).toEqual(linesOfTree(expected.callers.tree));
    expect(found.callees.labels).toBe(tree.labels);
    expect(faults(tree)).toEqual([]);
  });

  it('sends a tree once, and lets the worker forget those that are long unused', async () => {
    const runner = inWorker();
    const [first, second, third] = [treeOf(SAMPLES), treeOf(SAMPLES), treeOf(SAMPLES)];
    await runner.run('invert', [first]);
    await runner.run('invert', [first]);
    await runner.run('diff', [second, third]);
    await runner.run('diff', [first, third]);
    const requests = ChannelWorker.running[0].posted.filter((message) => message.kind === 'run');
    expect(requests.map(({ keep, forget }) => [keep.length, forget.length])).toEqual([
      [1, 0],
      [0, 0],
      [2, 1],
      // Of the three trees it has then, the first difference among them, one stays beside the new one.
      [1, 2],
    ]);
    expect(ChannelWorker.running).toHaveLength(1);
  });

  it('gives back a tree that came in as the same object, and parts of it as copies', async () => {
    const tree = treeOf(SAMPLES);
    const runner = inWorker();
    for (let round = 0; round < 2; round++) {
      const { first, second, renamed } = await runner.run('same', [tree]);
      expect(first).toBe(tree);
      expect(second).toBe(tree);
      expect(linesOfTree(renamed)).toEqual(linesOfTree(tree));
    }
  });

  it('reads columns', async () => {
    const { level, ...columns } = columnsOf(SAMPLES, false);
    const tree = await inWorker().run('ingest', [{ ...columns, level: Uint32Array.from(level) }]);
    expect(linesOfTree(tree)).toEqual(linesOfTree(treeOf(SAMPLES)));
    expect(ChannelWorker.running).toHaveLength(1);
  });

  it('need not be sent a tree that it has read itself', async () => {
    const { level, ...columns } = columnsOf(SAMPLES, false);
    const runner = inWorker();
    const tree = await runner.run('ingest', [{ ...columns, level: Uint32Array.from(level) }]);
    const inverted = await runner.run('invert', [tree]);
    const again = await runner.run('invert', [treeOf(SAMPLES)]);
    expect(linesOfTree(inverted.tree)).toEqual(linesOfTree(again.tree));
    const requests = ChannelWorker.running[0].posted.filter((message) => message.kind === 'run');
    expect(requests.map(({ keep }) => keep.length)).toEqual([0, 0, 1]);
    // The copy here is whole after the worker has used its own.
    expect(faults(tree)).toEqual([]);
  });

  it('tells its errors', async () => {
    const runner = inWorker();
    await expect(runner.run('sandwich', [treeOf(SAMPLES), 99])).rejects.toThrow(RangeError);
    const broken = { level: Uint32Array.of(0, 2), value: [1, 1], label: ['a', 'b'] };
    const error: unknown = await runner.run('ingest', [broken]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(IngestError);
    expect(error).toMatchObject({ problem: 'level', row: 1 });
  });

  it('tells its progress and can be cancelled, and the worker goes on with the next', async () => {
    const runner = inWorker();
    const abort = new AbortController();
    const seen: number[] = [];
    const running = runner.run('endless', [treeOf(SAMPLES)], {
      signal: abort.signal,
      onProgress: (done) => {
        seen.push(done);
        abort.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([0.5]);
    expect((await runner.run('invert', [treeOf(SAMPLES)])).tree.size).toBeGreaterThan(1);
    expect(ChannelWorker.running).toHaveLength(1);
  });

  it('is not begun when it was cancelled before', async () => {
    const running = inWorker().run('invert', [treeOf(SAMPLES)], { signal: AbortSignal.abort() });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(ChannelWorker.running[0].posted).toEqual([]);
  });
});

describe('a task that may have to be stopped', () => {
  it('runs in a worker of its own, which ends with it', async () => {
    const found = await inWorker().run('invert', [treeOf(SAMPLES)], { atMostMs: 5000 });
    expect(found.tree.size).toBeGreaterThan(1);
    expect(ChannelWorker.running.map(({ ended }) => ended)).toEqual([true]);
  });

  it('is ended when it takes too long, and no other task with it', async () => {
    const runner = createRunner({
      tasks,
      startWorker: () => new ChannelWorker(ChannelWorker.running.length === 0),
      minNodes: 1,
    });
    await runner.run('invert', [treeOf(SAMPLES)]);
    const stuck = runner.run('invert', [treeOf(SAMPLES)], { atMostMs: 5 });
    await expect(stuck).rejects.toMatchObject({ name: 'StoppedError', cause: 'too long' });
    expect(ChannelWorker.running.map(({ ended }) => ended)).toEqual([false, true]);
  });

  it('ends its worker when it is cancelled', async () => {
    const abort = new AbortController();
    const runner = createRunner({ tasks, startWorker: () => new ChannelWorker(false), minNodes: 1 });
    const running = runner.run('invert', [treeOf(SAMPLES)], { atMostMs: 5000, signal: abort.signal });
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: expect.stringMatching(/AbortError|StoppedError/) });
    expect(ChannelWorker.running[0].ended).toBe(true);
  });

  it('is not begun where no worker may be started', async () => {
    const startWorker = () => {
      throw new DOMException('blocked by policy', 'SecurityError');
    };
    for (const runner of [createRunner({ tasks }), createRunner({ tasks, startWorker })]) {
      const running = runner.run('invert', [treeOf(SAMPLES)], { atMostMs: 5000 });
      await expect(running).rejects.toMatchObject({ name: 'StoppedError', cause: 'no worker' });
    }
  });
});

describe('without a worker', () => {
  const tree = treeOf(SAMPLES);

  it('small trees are handled here', async () => {
    const start = jest.fn();
    await createRunner({ tasks, startWorker: start }).run('invert', [tree]);
    expect(start).not.toHaveBeenCalled();
  });

  it('a worker that may not be started is not asked for again', async () => {
    const start = jest.fn(() => {
      throw new DOMException('blocked by policy', 'SecurityError');
    });
    const runner = createRunner({ tasks, startWorker: start, minNodes: 1 });
    expect((await runner.run('invert', [tree])).tree.size).toBeGreaterThan(1);
    expect((await runner.run('invert', [tree])).tree.size).toBeGreaterThan(1);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('a worker that fails later leaves its task to this thread', async () => {
    const runner = createRunner({ tasks, startWorker: () => new ChannelWorker(false), minNodes: 1 });
    const running = runner.run('invert', [tree]);
    ChannelWorker.running[0].onerror?.({} as ErrorEvent);
    expect((await running).tree.size).toBeGreaterThan(1);
    expect(ChannelWorker.running[0].ended).toBe(true);
  });

  it('a worker that never answers is given up', async () => {
    jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate'] });
    const runner = createRunner({ tasks, startWorker: () => new ChannelWorker(false), minNodes: 1 });
    const running = runner.run('invert', [tree]);
    jest.advanceTimersByTime(5_000);
    expect((await running).tree.size).toBeGreaterThan(1);
  });

  it('what cannot be sent is handled here', async () => {
    const runner = inWorker();
    const unsendable = { order: 'found', note: () => {} } as { order: 'found' };
    expect((await runner.run('invert', [tree, unsendable])).tree.size).toBeGreaterThan(1);
  });

  it('ending the worker finishes its tasks here', async () => {
    const runner = createRunner({ tasks, startWorker: () => new ChannelWorker(false), minNodes: 1 });
    const running = runner.run('invert', [tree]);
    runner.dispose();
    expect((await running).tree.size).toBeGreaterThan(1);
    expect(ChannelWorker.running[0].ended).toBe(true);
  });

  it('a worker without work is ended', async () => {
    const runner = createRunner({ tasks, startWorker: () => new ChannelWorker(), minNodes: 1, idleMs: 5 });
    await runner.run('invert', [tree]);
    expect(ChannelWorker.running[0].ended).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(ChannelWorker.running[0].ended).toBe(true);
    expect((await runner.run('invert', [tree])).tree.size).toBeGreaterThan(1);
    expect(ChannelWorker.running).toHaveLength(2);
  });
});

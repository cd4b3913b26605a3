import { runSliced, type SliceOptions } from '../steps';
import type { TaskResult, Tasks } from './messages';
import { isCallTree } from './trees';
import { WorkerLink, type WorkerLike } from './workerLink';

export type { Tasks, TaskResult } from './messages';

export interface RunnerOptions<T extends Tasks> {
  tasks: T;
  /**
   * Starts a worker that serves the same tasks. May throw, and the worker may fail later: a content security policy
   * can forbid it, or the script come from another origin. Without it everything runs here.
   */
  startWorker?: () => WorkerLike;
  /** Smaller trees are not worth sending. Default WORTH_SENDING. */
  minNodes?: number;
  /** Time without work after which the worker is ended and its memory freed. Default 60 s. */
  idleMs?: number;
}

export interface RunOptions {
  signal?: AbortSignal;
  /** Told the share that is done, 0 to 1. */
  onProgress?: (done: number) => void;
  /**
   * For what nobody can stop from inside: only in a worker, which is ended when it takes longer than this many ms.
   * Rejects with a StoppedError then, and where there is no worker to be had.
   */
  atMostMs?: number;
}

/** The task was not done: it took too long, or would have needed a worker. */
export class StoppedError extends Error {
  constructor(readonly cause: 'too long' | 'no worker') {
    super(cause === 'too long' ? 'The computation took too long.' : 'The computation needs a worker.');
    this.name = 'StoppedError';
  }
}

/** Runs long computations in a worker where that helps and is allowed, else here in slices. */
export interface TaskRunner<T extends Tasks> {
  /** @throws the signal's reason once it is aborted, and what the task throws */
  run<N extends keyof T & string>(task: N, args: Parameters<T[N]>, options?: RunOptions): Promise<TaskResult<T, N>>;
  /** Ends the worker. What is running goes on here. */
  dispose(): void;
}

/** Nodes from which on a tree is worth sending to a worker. */
export const WORTH_SENDING = 150_000;
const IDLE_MS = 60_000;

export function createRunner<T extends Tasks>(options: RunnerOptions<T>): TaskRunner<T> {
  const { tasks, startWorker, minNodes = WORTH_SENDING, idleMs = IDLE_MS } = options;
  let link: WorkerLink | undefined;
  let allowed = startWorker !== undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function end() {
    clearTimeout(idle);
    link?.end();
    link = undefined;
  }

  /** Runs what may have to be stopped, in a worker of its own: ending it must not take others' tasks along. */
  async function runAtMost(task: string, args: unknown[], { signal, onProgress, atMostMs }: RunOptions) {
    if (!allowed) {
      throw new StoppedError('no worker');
    }
    const own = new WorkerLink(startWorker!);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      own.end();
    }, atMostMs);
    const stop = () => own.end();
    signal?.addEventListener('abort', stop);
    const answer = await own.run(task, args, { signal, onProgress });
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    own.end();
    if (answer === 'no worker') {
      allowed = false;
    }
    if (answer === 'no worker' || answer === 'ended') {
      throw new StoppedError(isLate ? 'too long' : 'no worker');
    }
    if ('error' in answer) {
      throw answer.error;
    }
    return answer.result;
  }

  async function run(task: string, args: unknown[], options: RunOptions = {}): Promise<unknown> {
    const { signal, onProgress } = options;
    if (options.atMostMs !== undefined) {
      return runAtMost(task, args, options);
    }
    const here = (slices: SliceOptions) => runSliced(tasks[task](...args), slices);
    if (!allowed || !args.some((arg) => nodesIn(arg) >= minNodes)) {
      return here({ signal, onProgress });
    }
    clearTimeout(idle);
    link ??= new WorkerLink(startWorker!);
    const mine = link;
    const answer = await mine.run(task, args, { signal, onProgress });
    if (answer === 'no worker') {
      allowed = false;
      end();
      return here({ signal, onProgress });
    }
    if (answer === 'ended') {
      return here({ signal, onProgress });
    }
    if (mine === link && mine.isIdle()) {
      idle = setTimeout(end, idleMs);
    }
    if ('error' in answer) {
      throw answer.error;
    }
    return answer.result;
  }

  return {
    run: (task, args, runOptions) => run(task, args, runOptions) as Promise<TaskResult<T, typeof task>>,
    dispose: end,
  };
}

/** Nodes of a tree, or rows of columns that are typed arrays; plain arrays take longer to send than to read. */
function nodesIn(arg: unknown): number {
  if (isCallTree(arg)) {
    return arg.size;
  }
  const level = typeof arg === 'object' && arg !== null && 'level' in arg ? arg.level : undefined;
  return ArrayBuffer.isView(level) && 'length' in level ? Number(level.length) : 0;
}

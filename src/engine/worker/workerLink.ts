import type { CallTree } from '../callTree';
import { revivedError } from './errors';
import type { FromWorker, ToWorker, TreeReference } from './messages';
import type { RunOptions } from './runner';
import { exchange, isCallTree, isSharedLabels, isTreeReference } from './trees';

/** The part of a Worker that is used. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

/**
 * What came of a task: its result, its error (the reason of the cancellation included), or nothing: there is no worker
 * to be had, or it was ended on purpose before it answered.
 */
export type Answer = { result: unknown } | { error: unknown } | 'no worker' | 'ended';

/** A worker that has not said that it is there after this time will not come: some policies fail without an event. */
const START_MS = 5_000;

/** Trees the worker keeps at most. A diff needs two. */
const MAX_KEPT = 2;

interface Pending {
  settle(answer: Answer): void;
  onProgress?: (done: number) => void;
  /** Trees among the arguments, by the numbers they were sent under. */
  readonly trees: ReadonlyMap<number, CallTree>;
}

/** One worker: sends tasks and trees, and each tree once. */
export class WorkerLink {
  private readonly worker?: WorkerLike;
  private readonly pending = new Map<number, Pending>();
  /** Trees the worker has, the one used last at the end. */
  private readonly kept = new Map<CallTree, number>();
  private readonly starting?: ReturnType<typeof setTimeout>;
  private failed = false;
  private count = 0;

  constructor(start: () => WorkerLike) {
    try {
      this.worker = start();
    } catch {
      this.failed = true;
      return;
    }
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onerror = this.worker.onmessageerror = () => this.fail();
    this.starting = setTimeout(() => this.fail(), START_MS);
  }

  isIdle(): boolean {
    return this.pending.size === 0;
  }

  /** Never rejects. An aborted task is answered at once; the worker stops at its next slice. */
  run(task: string, args: unknown[], { signal, onProgress }: RunOptions): Promise<Answer> {
    if (signal?.aborted) {
      return Promise.resolve({ error: abortReason(signal) });
    }
    if (this.failed) {
      return Promise.resolve('no worker');
    }
    const id = ++this.count;
    return new Promise((resolve) => {
      const cancel = () => {
        this.post({ kind: 'cancel', id });
        this.settle(id, { error: abortReason(signal!) });
      };
      const settle = (answer: Answer) => {
        signal?.removeEventListener('abort', cancel);
        resolve(answer);
      };
      const trees = new Map<number, CallTree>();
      const request = this.request(id, task, args, trees);
      this.pending.set(id, { settle, onProgress, trees });
      signal?.addEventListener('abort', cancel);
      this.post(request);
    });
  }

  /** Ends the worker; what it had not answered is answered with 'ended'. */
  end() {
    this.close('ended');
  }

  private request(id: number, task: string, args: unknown[], trees: Map<number, CallTree>): ToWorker {
    const keep: Array<{ number: number; tree: CallTree }> = [];
    const sent = exchange(args, (part) => (isCallTree(part) ? this.refer(part, keep, trees) : part)) as unknown[];
    const forget: number[] = [];
    for (const [tree, number] of this.kept) {
      if (this.kept.size > MAX_KEPT) {
        this.kept.delete(tree);
        forget.push(number);
      }
    }
    return { kind: 'run', id, task, args: sent, keep, forget };
  }

  private refer(
    tree: CallTree,
    keep: Array<{ number: number; tree: CallTree }>,
    trees: Map<number, CallTree>
  ): TreeReference {
    let number = this.kept.get(tree);
    if (number === undefined) {
      number = ++this.count;
      keep.push({ number, tree });
    }
    this.kept.delete(tree);
    this.kept.set(tree, number);
    trees.set(number, tree);
    return { keptTree: number };
  }

  private post(message: ToWorker) {
    try {
      this.worker?.postMessage(message);
    } catch {
      // What cannot be cloned can still be computed here.
      this.fail();
    }
  }

  private receive(message: FromWorker) {
    clearTimeout(this.starting);
    switch (message.kind) {
      case 'progress':
        this.pending.get(message.id)?.onProgress?.(message.done);
        break;
      case 'done': {
        const result = restored(message.result, this.pending.get(message.id)?.trees);
        if (message.keptAs !== undefined && isCallTree(result)) {
          this.kept.set(result, message.keptAs);
        }
        this.settle(message.id, { result });
        break;
      }
      case 'failed':
        this.settle(message.id, { error: revivedError(message.error) });
        break;
      case 'ready':
        break;
    }
  }

  private settle(id: number, answer: Answer) {
    const task = this.pending.get(id);
    this.pending.delete(id);
    task?.settle(answer);
  }

  private fail() {
    this.close('no worker');
  }

  private close(answer: Answer) {
    this.failed = true;
    clearTimeout(this.starting);
    this.worker?.terminate();
    this.kept.clear();
    for (const id of [...this.pending.keys()]) {
      this.settle(id, answer);
    }
  }
}

/** Puts back what was not sent because it is here. */
function restored(result: unknown, trees?: ReadonlyMap<number, CallTree>): unknown {
  return exchange(result, (part) => {
    if (isTreeReference(part)) {
      return trees?.get(part.keptTree);
    }
    return isSharedLabels(part) ? trees?.get(part.labelsOfTree)?.labels : part;
  });
}

function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException('The computation was cancelled.', 'AbortError');
}

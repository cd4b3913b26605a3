import type { CallTree } from '../callTree';
import { runSliced } from '../steps';
import { sendableError } from './errors';
import type { FromWorker, Tasks, ToWorker, TreeReference } from './messages';
import { buffersOf, copyOf, exchange, isCallTree, isTreeReference, type SharedLabels } from './trees';

/** The part of a worker's global scope that is used: what it is asked and how it answers. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}

/** Long slices: nobody waits for this thread but the next message, which may be a cancellation. */
const SLICE_MS = 50;

/** Makes a worker answer: runs the tasks it is asked for, tells the progress, stops when told to. */
export function serve(scope: WorkerScope, tasks: Tasks) {
  const kept = new Map<number, CallTree>();
  const running = new Map<number, AbortController>();

  async function run({ id, task, args, keep, forget }: Extract<ToWorker, { kind: 'run' }>) {
    keep.forEach(({ number, tree }) => kept.set(number, tree));
    const trees = new Map<number, CallTree>();
    const actual = exchange(args, (part) => {
      if (!isTreeReference(part)) {
        return part;
      }
      const tree = kept.get(part.keptTree)!;
      trees.set(part.keptTree, tree);
      return tree;
    }) as unknown[];
    forget.forEach((number) => kept.delete(number));
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const result = await runSliced(tasks[task](...actual), {
        signal: controller.signal,
        sliceMs: SLICE_MS,
        onProgress: (done) => scope.postMessage({ kind: 'progress', id, done }, []),
      });
      if (isCallTree(result) && ![...trees.values()].includes(result)) {
        // What was read here is what the next tasks are about.
        kept.set(-id, result);
        const copy = copyOf(result);
        scope.postMessage({ kind: 'done', id, result: copy, keptAs: -id }, buffersOf(copy));
        return;
      }
      const sent = exchange(result, (part) => asSent(part, trees));
      scope.postMessage({ kind: 'done', id, result: sent }, buffersOf(sent));
    } catch (error) {
      scope.postMessage({ kind: 'failed', id, error: sendableError(error) }, []);
    } finally {
      running.delete(id);
    }
  }

  scope.onmessage = ({ data }) => {
    if (data.kind === 'cancel') {
      running.get(data.id)?.abort();
    } else {
      void run(data);
    }
  };
  scope.postMessage({ kind: 'ready' }, []);
}

/**
 * A tree as it is sent back. One that the other side has is only named; one that shares names or memory with such a
 * tree goes without the names, and as a copy, because what is handed over is gone here.
 */
function asSent(part: unknown, trees: Map<number, CallTree>): unknown {
  if (!isCallTree(part)) {
    return part;
  }
  for (const [number, tree] of trees) {
    if (tree === part) {
      return { keptTree: number } satisfies TreeReference;
    }
    if (tree.labels === part.labels) {
      const labels: SharedLabels = { labelsOfTree: number };
      return { ...(sharesMemory(part, tree) ? copyOf(part) : part), labels };
    }
  }
  return part;
}

function sharesMemory(part: CallTree, tree: CallTree): boolean {
  const theirs = new Set(buffersOf(tree));
  return buffersOf(part).some((buffer) => theirs.has(buffer));
}

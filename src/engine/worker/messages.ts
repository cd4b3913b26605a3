import type { CallTree } from '../callTree';
import type { Steps } from '../steps';

/** Long computations by name. Arguments and results are plain values, typed arrays and call trees. */
// The arguments differ from task to task; their types come back with Parameters<> where a task is run.
export type Tasks = Record<string, (...args: any[]) => Steps<unknown>>;

export type TaskResult<T extends Tasks, N extends keyof T> = ReturnType<T[N]> extends Steps<infer R> ? R : never;

/** Stands for a call tree that the worker has. */
export interface TreeReference {
  readonly keptTree: number;
}

export type ToWorker =
  | {
      kind: 'run';
      id: number;
      task: string;
      /** The task's arguments, with references in place of call trees. */
      args: unknown[];
      /** Trees the worker has not seen yet, and those it may forget. */
      keep: Array<{ number: number; tree: CallTree }>;
      forget: number[];
    }
  | { kind: 'cancel'; id: number };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'progress'; id: number; done: number }
  | {
      kind: 'done';
      id: number;
      result: unknown;
      /** Number under which the worker keeps the tree that is the result: it need not be sent there again. */
      keptAs?: number;
    }
  | { kind: 'failed'; id: number; error: SentError };

/** An error in plain values; cloning would lose its class. */
export interface SentError {
  name: string;
  message: string;
  details: Record<string, unknown>;
}

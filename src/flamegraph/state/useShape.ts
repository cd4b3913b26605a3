import { useEffect, useMemo, useState } from 'react';

import type { CallTree } from '../../engine/callTree';
import { runSliced, type Steps } from '../../engine/steps';
import { WORTH_SENDING } from '../../engine/worker/runner';
import type { Runner } from '../worker/useRunner';

import { type Shape, type ShapeRequest, shapeSteps } from './shape';

/**
 * What takes no longer is done at once; anything longer goes on in slices, with the previous picture still there. Trees
 * that are worth sending go to the worker.
 */
const AT_ONCE_MS = 40;

export interface ShapeState {
  /** The trees to draw: what was asked for, or, while that is being made, what was shown before. */
  readonly shape: Shape;
  /** There while trees are being made: the share that is done. */
  readonly progress?: number;
  /** Goes back to what was shown before. */
  cancel(): void;
}

/** A request that is being answered: its shape when that was quick, else the steps that are left, if it was begun here. */
interface Begun {
  readonly base: CallTree;
  readonly request: ShapeRequest;
  readonly shape?: Shape;
  readonly rest?: Steps<Shape>;
}

/** What came of a begun request so far. */
interface Outcome {
  readonly of: Begun;
  readonly shape?: Shape;
  readonly done: number;
  readonly error?: unknown;
}

/**
 * Makes the trees that the state asks for. `onCancel` is given the request that is shown when the user has cancelled
 * another one. What goes wrong is thrown while rendering, for the error boundary.
 */
export function useShape(
  base: CallTree,
  request: ShapeRequest,
  runner: Runner,
  onCancel: (shown: ShapeRequest) => void
): ShapeState {
  const { filters, inverted, sandwich, normalised } = request;
  const asked = useMemo(
    () => begin(base, { filters, inverted, sandwich, normalised }),
    [base, filters, inverted, sandwich, normalised]
  );
  const [outcome, setOutcome] = useState<Outcome>();
  const [shown, setShown] = useState<{ of: Begun; shape: Shape }>();

  useEffect(() => {
    if (asked.shape) {
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (change: Omit<Outcome, 'of'>) => signal.aborted || setOutcome({ of: asked, ...change });
    const options = { signal, onProgress: (done: number) => tell({ done }) };
    const running = asked.rest
      ? runSliced(asked.rest, options)
      : runner.run('shape', [asked.base, asked.request], options);
    running.then(
      (shape) => tell({ shape, done: 1 }),
      (error: unknown) => tell({ error, done: 1 })
    );
    return () => controller.abort();
  }, [asked, runner]);

  const current = outcome?.of === asked ? outcome : undefined;
  if (current?.error !== undefined) {
    throw current.error;
  }
  const shape = asked.shape ?? current?.shape;
  if (shape && shown?.shape !== shape) {
    setShown({ of: asked, shape });
  }
  if (shape) {
    return { shape, cancel: () => {} };
  }
  const before = shown?.of.base === base ? shown : undefined;
  return {
    shape: before?.shape ?? { profile: base, tree: base, comparisonScale: 1 },
    progress: current?.done ?? 0,
    cancel: () => onCancel(before?.of.request ?? { filters: [], inverted: false, normalised: false }),
  };
}

function begin(base: CallTree, request: ShapeRequest): Begun {
  const { filters, inverted, sandwich } = request;
  const isAsItCame = filters.length === 0 && !inverted && sandwich === undefined;
  if (base.size >= WORTH_SENDING && !isAsItCame) {
    return { base, request };
  }
  const steps = shapeSteps(base, request);
  const deadline = performance.now() + AT_ONCE_MS;
  do {
    const step = steps.next();
    if (step.done) {
      return { base, request, shape: step.value };
    }
  } while (performance.now() < deadline);
  return { base, request, rest: steps };
}

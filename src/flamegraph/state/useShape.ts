import { useEffect, useMemo, useRef, useState } from 'react';

import type { CallTree } from '../../engine/callTree';
import { runSliced, type Steps } from '../../engine/steps';

import { type Shape, type ShapeRequest, shapeSteps } from './shape';

/** What takes no longer is done at once; anything longer goes on in slices, with the previous picture still there. */
const AT_ONCE_MS = 40;

export interface ShapeState {
  /** The trees to draw: what was asked for, or, while that is being made, what was shown before. */
  readonly shape: Shape;
  /** There while trees are being made: the share that is done. */
  readonly progress?: number;
  /** Goes back to what was shown before. */
  cancel(): void;
}

/**
 * Makes the trees that the state asks for. `onCancel` is given the request that is shown when the user has cancelled
 * another one.
 */
export function useShape(base: CallTree, request: ShapeRequest, onCancel: (shown: ShapeRequest) => void): ShapeState {
  const { filters, inverted, sandwich, normalised } = request;
  const asked = useMemo(
    () => begin(base, { filters, inverted, sandwich, normalised }),
    [base, filters, inverted, sandwich, normalised]
  );
  const [finished, setFinished] = useState<{ of: Begun; shape: Shape }>();
  const [progress, setProgress] = useState(0);
  const shown = useRef<{ base: CallTree; request: ShapeRequest; shape: Shape }>();
  const shape = asked.shape ?? (finished?.of === asked ? finished.shape : undefined);

  useEffect(() => {
    if (!asked.rest) {
      return;
    }
    const controller = new AbortController();
    setProgress(0);
    runSliced(asked.rest, { signal: controller.signal, onProgress: setProgress }).then(
      (made) => setFinished({ of: asked, shape: made }),
      (error) => {
        if (!controller.signal.aborted) {
          throw error;
        }
      }
    );
    return () => controller.abort();
  }, [asked]);

  useEffect(() => {
    if (shape) {
      shown.current = { base, request: asked.request, shape };
    }
  }, [base, asked, shape]);

  if (shape) {
    return { shape, cancel: () => {} };
  }
  const before = shown.current?.base === base ? shown.current : undefined;
  return {
    shape: before?.shape ?? { profile: base, tree: base, comparisonScale: 1 },
    progress,
    cancel: () => onCancel(before?.request ?? { filters: [], inverted: false, normalised: false }),
  };
}

/** A request that is being answered: its shape when that was quick, else the steps that are left. */
interface Begun {
  readonly request: ShapeRequest;
  readonly shape?: Shape;
  readonly rest?: Steps<Shape>;
}

function begin(base: CallTree, request: ShapeRequest): Begun {
  const steps = shapeSteps(base, request);
  const deadline = performance.now() + AT_ONCE_MS;
  do {
    const step = steps.next();
    if (step.done) {
      return { request, shape: step.value };
    }
  } while (performance.now() < deadline);
  return { request, rest: steps };
}

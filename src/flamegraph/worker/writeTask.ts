import type { CallTree } from '../../engine/callTree';
import { rescaleComparison } from '../../engine/diff';
import type { Steps } from '../../engine/steps';
import { callTreeSteps, collapsedSteps, pprofSteps, speedscopeSteps } from '../../formats';
import type { Measured } from '../exporters/exporter';

export type ProfileFormat = 'pprof' | 'collapsed' | 'speedscope';

export interface WriteRequest {
  readonly format: ProfileFormat;
  readonly measured: Measured;
  readonly title: string;
  /** By what the comparison's values in the tree are multiplied; files have the real ones. */
  readonly comparisonScale: number;
}

/** Share of the work that is done when the stacks are made. */
const STACKS = 0.5;

/** The stacks of a tree as a file of another tool, in pieces. */
function* writeSteps(tree: CallTree, request: WriteRequest): Steps<Uint8Array[]> {
  const { measured, comparisonScale } = request;
  const { sampleType: type, unit } = measured;
  const unscaled = rescaleComparison(tree, 1 / comparisonScale);
  const stacks = yield* portion(callTreeSteps(unscaled, { type, unit }), 0, STACKS);
  return yield* portion(fileSteps(stacks, request), STACKS, 1);
}

function fileSteps(stacks: Parameters<typeof pprofSteps>[0], { format, measured, title }: WriteRequest) {
  switch (format) {
    case 'pprof':
      return pprofSteps(stacks, measured);
    case 'collapsed':
      return collapsedSteps(stacks);
    case 'speedscope':
      return speedscopeSteps(stacks, title);
  }
}

/** Steps that are a part of longer ones. */
function* portion<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    yield from + (to - from) * step.value;
  }
}

/** Apart from the other tasks, so that a page loads the formats only when somebody exports. */
export const WRITE_TASKS = { write: writeSteps };

import type { CallTree } from './callTree';
import { calleesSteps } from './callees';
import { callersSteps, type CallersOptions, type CallersTree } from './invert';
import { runNow, type Steps } from './steps';

/** One function in the middle: who calls it above, what it calls below. Both roots are the function. */
export interface Sandwich {
  callers: CallersTree;
  callees: CallTree;
}

/** Callers and callees of a function over the whole tree; recursion counts once, from the outermost call. */
export function sandwich(tree: CallTree, label: number, options: CallersOptions = {}): Sandwich {
  return runNow(sandwichSteps(tree, label, options));
}

export function* sandwichSteps(tree: CallTree, label: number, options: CallersOptions = {}): Steps<Sandwich> {
  const { order = 'heaviest' } = options;
  const callers = yield* callersSteps(tree, label, options);
  const callees = yield* calleesSteps(tree, label, { order });
  return { callers, callees };
}

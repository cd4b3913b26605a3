import type { CallTree } from '../callTree';
import { DROP, KEEP, SPLICE } from '../merge/stackMerge';
import type { LabelMatches } from '../search';
import { runNow, type Steps } from '../steps';
import { regroup } from './regroup';

/**
 * Takes matching frames out of the stacks: their value stays with their caller and their callees move up to it (pprof:
 * hide). The root always stays.
 */
export function hideFrames(tree: CallTree, matches: LabelMatches): CallTree {
  return runNow(hideFramesSteps(tree, matches));
}

export function hideFramesSteps(tree: CallTree, matches: LabelMatches): Steps<CallTree> {
  return regroup(tree, { fate: fateOfMatches(tree, matches, SPLICE) });
}

/** Leaves out whole stacks that have a matching frame (pprof: ignore). The root is not tested. */
export function dropStacks(tree: CallTree, matches: LabelMatches): CallTree {
  return runNow(dropStacksSteps(tree, matches));
}

export function dropStacksSteps(tree: CallTree, matches: LabelMatches): Steps<CallTree> {
  return regroup(tree, { fate: fateOfMatches(tree, matches, DROP) });
}

/** Keeps only stacks that have a matching frame, with all their frames (pprof: focus). The root is not tested. */
export function focusStacks(tree: CallTree, matches: LabelMatches): CallTree {
  return runNow(focusStacksSteps(tree, matches));
}

export function focusStacksSteps(tree: CallTree, matches: LabelMatches): Steps<CallTree> {
  const { size, label, parent, diff } = tree;
  const within = new Uint8Array(size);
  for (let i = 1; i < size; i++) {
    within[i] = matches[label[i]] | within[parent[i]];
  }
  return keepStacks(tree, within, diff?.selfRight);
}

function fateOfMatches({ label }: CallTree, matches: LabelMatches, fate: number): Uint8Array {
  const fates = new Uint8Array(label.length);
  for (let i = 0; i < fates.length; i++) {
    fates[i] = matches[label[i]] === 1 ? fate : KEEP;
  }
  return fates;
}

/** Keeps the nodes within, and those above them without the value of their own. */
function keepStacks(tree: CallTree, within: Uint8Array, selfRight?: Float64Array): Steps<CallTree> {
  const { parent, self } = tree;
  const needed = within.slice();
  for (let i = needed.length - 1; i > 0; i--) {
    needed[parent[i]] |= needed[i];
  }
  const fate = needed.map((kept) => (kept === 1 ? KEEP : DROP));
  return regroup(tree, {
    fate,
    self: self.map((value, i) => value * within[i]),
    ...(selfRight && { selfRight: selfRight.map((value, i) => value * within[i]) }),
  });
}

import type { CallTree } from '../callTree';
import { KEEP, SPLICE } from '../merge/stackMerge';
import { nestedNodes } from '../nested';
import { runNow, type Steps } from '../steps';
import { regroup } from './regroup';

/**
 * Which calls count as recursion: 'direct' are those of a function by itself, 'any' also those through others. With
 * 'any' each function stands on a stack once, where it was first called.
 */
export type Recursion = 'direct' | 'any';

/** Folds recursive calls into the call they came from: their value and callees move up. */
export function collapseRecursion(tree: CallTree, recursion: Recursion = 'direct'): CallTree {
  return runNow(collapseRecursionSteps(tree, recursion));
}

export function collapseRecursionSteps(tree: CallTree, recursion: Recursion = 'direct'): Steps<CallTree> {
  if (recursion === 'any') {
    return regroup(tree, { fate: nestedNodes(tree).map((nested) => (nested === 1 ? SPLICE : KEEP)) });
  }
  const { label, parent } = tree;
  const fate = new Uint8Array(label.length);
  for (let i = 1; i < fate.length; i++) {
    fate[i] = label[parent[i]] === label[i] ? SPLICE : KEEP;
  }
  return regroup(tree, { fate });
}

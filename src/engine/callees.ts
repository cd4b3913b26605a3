import type { CallTree } from './callTree';
import { assemble } from './merge/assemble';
import { mergeStacks, type StackColumns } from './merge/stackMerge';
import { orderSiblings, type SiblingOrder } from './merge/siblings';
import { outermostOf } from './occurrences';
import { runNow, type Steps } from './steps';

export interface CalleesOptions {
  /** Order of callees from left to right; as found by default. */
  order?: SiblingOrder;
}

/**
 * What a function calls, over the whole tree: the root is the function, merged from all its outermost calls. A
 * recursive call stays a node below, and counts once in the root.
 */
export function callees(tree: CallTree, label: number, options: CalleesOptions = {}): CallTree {
  return runNow(calleesSteps(tree, label, options));
}

export function* calleesSteps(tree: CallTree, label: number, options: CalleesOptions = {}): Steps<CallTree> {
  const { labels, depthFirst, subtreeEnd } = tree;
  const roots = outermostOf(tree, label);
  const capacity = roots.reduce((sum, i) => sum + subtreeEnd[i] - depthFirst[i], 0);
  const stacks = stackColumns(tree);
  const merged = yield* mergeStacks({ stacks, roots, rootLabel: label, labelCount: labels.length, capacity });
  return assemble(orderSiblings(merged, options.order ?? 'found', labels), labels);
}

/** A tree's own columns, as merging reads them. */
export function stackColumns({ childStart, label, self, diff }: CallTree): StackColumns {
  return { childStart, label, self, ...(diff && { selfRight: diff.selfRight }) };
}

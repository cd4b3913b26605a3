import type { CallTree } from '../callTree';
import { stackColumns } from '../callees';
import { assemble } from '../merge/assemble';
import { mergeStacks, type StackColumns } from '../merge/stackMerge';
import type { Steps } from '../steps';

/** What a filter changes: other names, nodes to splice or drop, values to leave out. The rest stays as it is. */
export type Changes = Partial<Omit<StackColumns, 'childStart'>> & {
  /** The dictionary, when label does not index the tree's own. */
  labels?: readonly string[];
};

/** The tree with changes made, and same-name siblings merged. Totals are added up anew from the selfs. */
export function* regroup(tree: CallTree, { labels = tree.labels, ...changed }: Changes): Steps<CallTree> {
  const stacks = { ...stackColumns(tree), ...changed };
  const merged = yield* mergeStacks({
    stacks,
    roots: [0],
    rootLabel: stacks.label[0],
    labelCount: labels.length,
    capacity: tree.size,
  });
  return assemble(merged, labels);
}

import type { CallTree } from '../callTree';
import { KEEP, SPLICE } from '../merge/stackMerge';
import { runNow, type Steps } from '../steps';
import { regroup } from './regroup';

/** Name of the node that stands for small siblings. Not 'other', which is what a server calls what it cut. */
export const SMALL_FRAMES = '(small frames)';

/**
 * Puts all children of a node that have less than a share of the whole, with everything below them, into one leaf
 * called '(small frames)'. What remains is large enough to matter; nothing is lost from the totals.
 *
 * @param minShare of the root's total, 0 to 1
 */
export function collapseSmall(tree: CallTree, minShare: number, name = SMALL_FRAMES): CallTree {
  return runNow(collapseSmallSteps(tree, minShare, name));
}

export function collapseSmallSteps(tree: CallTree, minShare: number, name = SMALL_FRAMES): Steps<CallTree> {
  const { size, start, end, parent, labels } = tree;
  const limit = minShare * (end[0] - start[0]);
  const known = labels.indexOf(name);
  const remainder = known < 0 ? labels.length : known;
  const label = tree.label.slice();
  const fate = new Uint8Array(size);
  const small = new Uint8Array(size);
  for (let i = 1; i < size; i++) {
    if (small[parent[i]] === 1) {
      small[i] = 1;
      fate[i] = SPLICE;
    } else if (end[i] - start[i] < limit) {
      small[i] = 1;
      fate[i] = KEEP;
      label[i] = remainder;
    }
  }
  return regroup(tree, { label, fate, labels: known < 0 ? [...labels, name] : labels });
}

import type { CallTree } from '../callTree';

/**
 * Ends of the stacks with the largest value of their own, the heaviest first: what `pprof -traces` lists. In a diff
 * both sides added. stackOf() gives the names.
 */
export function heaviestStacks(tree: CallTree, count: number): number[] {
  return largest(tree.self, tree.size, count);
}

/**
 * Indices of the `count` largest values above 0, the largest first; ties in ascending order of index. Keeps a sorted
 * list of what is best so far: most values are turned away by one comparison.
 */
export function largest(values: ArrayLike<number>, length: number, count: number): number[] {
  const best: number[] = [];
  if (count < 1) {
    return best;
  }
  for (let i = 0; i < length; i++) {
    const value = values[i];
    if (!(value > 0) || (best.length >= count && value <= values[best[best.length - 1]])) {
      continue;
    }
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[best[middle]] >= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    best.splice(low, 0, i);
    if (best.length > count) {
      best.pop();
    }
  }
  return best;
}

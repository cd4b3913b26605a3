import type { CallTree } from '../callTree';
import type { LabelMatches } from '../search';

/**
 * Ends of the stacks with the largest value of their own, the heaviest first: what `pprof -traces` lists. In a diff
 * both sides added. stackOf() gives the names.
 *
 * @param matches only stacks with such a function on them; all by default
 */
export function heaviestStacks(tree: CallTree, count: number, matches?: LabelMatches): number[] {
  const { self, size } = tree;
  return largest(matches ? onMatchingStacks(tree, matches) : self, size, count);
}

/** Self of the nodes that match or are below one that does, 0 of all others. */
function onMatchingStacks({ size, label, parent, self }: CallTree, matches: LabelMatches): Float64Array {
  const matching = new Uint8Array(size);
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    matching[i] = matches[label[i]] | matching[parent[i]];
    values[i] = matching[i] === 1 ? self[i] : 0;
  }
  return values;
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

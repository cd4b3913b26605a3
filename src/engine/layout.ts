import type { CallTree } from './callTree';

/**
 * Where nodes are, for the painter. A view is a range [from, to) of the profile; every query is a binary search in one
 * level, so its cost does not grow with the number of nodes.
 */

/** First node of a level that reaches beyond `from`: the leftmost in view. The level's end when there is none. */
export function firstVisible(tree: CallTree, level: number, from: number): number {
  return firstEndingAfter(tree.end, tree.levelOffsets[level], tree.levelOffsets[level + 1], from);
}

/** One past the last node of a level that begins before `to`. */
export function endVisible(tree: CallTree, level: number, to: number): number {
  return firstNotBelow(tree.start, tree.levelOffsets[level], tree.levelOffsets[level + 1], to);
}

/**
 * End of a run of small nodes: the first node at or after `node`, before `end`, that reaches beyond `edge` (the next
 * pixel's edge in units of the profile). Gallops, so a run of a million nodes costs twenty steps and a run of two costs
 * two.
 */
export function runEnd(tree: CallTree, node: number, end: number, edge: number): number {
  const ends = tree.end;
  let step = 1;
  let low = node;
  while (low < end && ends[low] <= edge) {
    const probe = low + step;
    if (probe >= end || ends[probe] > edge) {
      return firstEndingAfter(ends, low + 1, Math.min(probe, end), edge);
    }
    low = probe;
    step *= 2;
  }
  return low;
}

/** First index in [low, high) whose value is above the limit, else high. Values ascend. */
function firstEndingAfter(ends: Float64Array, low: number, high: number, limit: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle] > limit) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** First index in [low, high) whose value is not below the limit, else high. Values ascend. */
function firstNotBelow(starts: Float64Array, low: number, high: number, limit: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle] >= limit) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

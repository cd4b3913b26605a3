import type { CallTree } from './callTree';
import { endVisible, firstVisible } from './layout';
import { levelCount } from './traverse';

export interface Hit {
  /** The node at the position; of several nodes in one pixel the first. */
  node: number;
  /** 1 for a node that can be seen by itself, else how many nodes narrower than a pixel share the pointer's pixel. */
  count: number;
}

/**
 * What is under the pointer: a node at least a pixel wide, or the run of smaller nodes in the pointer's pixel, or
 * undefined.
 *
 * @param position left edge of the pointer's pixel, in units of the profile
 * @param pixel width of a pixel in units of the profile; 0 finds the exact node at the position
 */
export function hitTest(tree: CallTree, level: number, position: number, pixel = 0): Hit | undefined {
  if (!(level >= 0) || level >= levelCount(tree)) {
    return undefined;
  }
  const { start, end } = tree;
  const first = firstVisible(tree, level, position);
  const last = pixel > 0 ? endVisible(tree, level, position + pixel) : first + 1;
  if (first >= last || first >= tree.levelOffsets[level + 1] || start[first] > position + pixel) {
    return undefined;
  }
  // Wide nodes can only stand at the two ends of a pixel; the one that covers its middle is what the eye sees.
  const middle = position + pixel / 2;
  for (const node of [first, last - 1]) {
    if (end[node] - start[node] >= pixel && start[node] <= middle && middle < end[node]) {
      return { node, count: 1 };
    }
  }
  const from = end[first] - start[first] >= pixel && first + 1 < last ? first + 1 : first;
  const to = end[last - 1] - start[last - 1] >= pixel && last - 1 > from ? last - 1 : last;
  return { node: from, count: to - from };
}

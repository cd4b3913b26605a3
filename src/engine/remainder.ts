import type { CallTree } from './callTree';

/** What a server calls the leaf that stands for the callees it left out. */
export const REMAINDER = 'other';

export interface Remainder {
  /** Nodes that stand for what was left out, in level order. */
  nodes: Uint32Array;
  /** What they add up to; in a diff both sides. */
  total: number;
  totalRight: number;
  /**
   * Whether a function of the program is itself called 'other'. The server joins its callees with what it cut, so the
   * two cannot be told apart below that name.
   */
  real: boolean;
}

/**
 * Nodes called 'other' that stand for what the server cut off, told from a function of that name by their structure:
 * the server's is a leaf, all self, and stands only in a profile that was cut.
 *
 * @param maxNodes the limit the profile was asked for with, when it is known. A profile with fewer nodes (its root not
 *   counted) was not cut, so that an 'other' in it is a real function.
 */
export function findRemainders(tree: CallTree, maxNodes?: number): Remainder {
  const { size, labels, label, childStart, start, end, diff } = tree;
  const name = labels.indexOf(REMAINDER);
  const nodes: number[] = [];
  const found = { total: 0, totalRight: 0, real: false };
  const uncut = maxNodes !== undefined && size - 1 < maxNodes;
  for (let i = 1; i < size && name >= 0; i++) {
    if (label[i] !== name) {
      continue;
    }
    if (uncut || childStart[i] < childStart[i + 1]) {
      found.real = true;
      continue;
    }
    nodes.push(i);
    found.total += end[i] - start[i];
    found.totalRight += diff?.totalRight[i] ?? 0;
  }
  return { nodes: Uint32Array.from(nodes), ...found };
}

/**
 * What was left out below the callers of a node, where more of the node may hide; by side. Totals of the remainders
 * beside the node and beside its callers.
 */
export function hiddenAround(
  tree: CallTree,
  node: number,
  remainder: Pick<Remainder, 'nodes'>
): { left: number; right: number } {
  const { parent, start, end, diff } = tree;
  const hidden = { left: 0, right: 0 };
  for (let i = node; i !== 0; i = parent[i]) {
    const other = remainderAmong(tree, parent[i], remainder.nodes);
    if (other !== undefined && other !== node) {
      const right = diff?.totalRight[other] ?? 0;
      hidden.right += right;
      hidden.left += end[other] - start[other] - right;
    }
  }
  return hidden;
}

/** The child of a node that is a remainder; there is one at most. */
export function remainderAmong({ childStart }: CallTree, node: number, remainders: Uint32Array): number | undefined {
  const first = childStart[node];
  let low = 0;
  let high = remainders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (remainders[middle] < first) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return remainders[low] < childStart[node + 1] ? remainders[low] : undefined;
}

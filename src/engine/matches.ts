import type { CallTree } from './callTree';
import type { LabelMatches } from './search';

export interface MatchSummary {
  /** Matching nodes in level order: ascending, so that a run of nodes is tested by binary search (anyMatch). */
  nodes: Uint32Array;
  /** What stacks with at least one match add up to: totals of the outermost matches. In a diff both sides added. */
  total: number;
  /** The comparison's part of total; 0 when the tree is no diff. */
  totalRight: number;
}

/** Finds every matching node, and what they add up to without counting a match below a match again. */
export function summarizeMatches(tree: CallTree, matches: LabelMatches): MatchSummary {
  const { size, label, parent, start, end, diff } = tree;
  const covered = new Uint8Array(size);
  const nodes = new Uint32Array(size);
  let found = 0;
  let total = 0;
  let totalRight = 0;
  for (let i = 0; i < size; i++) {
    // Without a branch for the match itself: matches are scattered, and a wrong guess costs more than the work.
    const match = matches[label[i]];
    const inside = covered[parent[i]];
    covered[i] = inside | match;
    nodes[found] = i;
    found += match;
    if (match > inside) {
      total += end[i] - start[i];
      totalRight += diff !== undefined ? diff.totalRight[i] : 0;
    }
  }
  return { nodes: nodes.slice(0, found), total, totalRight };
}

/** Whether one of the nodes [from, to) matches; nodes as summarizeMatches gives them. */
export function anyMatch(nodes: Uint32Array, from: number, to: number): boolean {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (nodes[middle] < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < nodes.length && nodes[low] < to;
}

export interface MatchStep {
  node: number;
  /** Position among the matches in depth-first order, from 0. */
  rank: number;
}

/**
 * The match after (or before) a node in depth-first order, that is callers before callees and left to right; round the
 * corner at the ends. The node itself need not match. Undefined without matches.
 */
export function stepMatch(
  tree: CallTree,
  nodes: Uint32Array,
  from: number | undefined,
  direction: 1 | -1
): MatchStep | undefined {
  const { depthFirst } = tree;
  const here = from === undefined ? (direction === 1 ? -1 : tree.size) : depthFirst[from];
  let best = -1;
  let wrapped = -1;
  for (let k = 0; k < nodes.length; k++) {
    const d = depthFirst[nodes[k]] * direction;
    if (d > here * direction && (best < 0 || d < depthFirst[nodes[best]] * direction)) {
      best = k;
    }
    if (wrapped < 0 || d < depthFirst[nodes[wrapped]] * direction) {
      wrapped = k;
    }
  }
  const chosen = best < 0 ? wrapped : best;
  return chosen < 0 ? undefined : { node: nodes[chosen], rank: rankOf(tree, nodes, nodes[chosen]) };
}

function rankOf({ depthFirst }: CallTree, nodes: Uint32Array, node: number): number {
  let before = 0;
  for (let k = 0; k < nodes.length; k++) {
    before += depthFirst[nodes[k]] < depthFirst[node] ? 1 : 0;
  }
  return before;
}

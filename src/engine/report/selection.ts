import type { CallTree } from '../callTree';
import { share } from '../change';
import { endVisible, firstVisible } from '../layout';
import { depthFirstOrder, levelCount, levelOf } from '../traverse';
import { largest } from './heaviestStacks';

/** What a selection holds. In a diff, values are both sides added unless they say otherwise. */
export interface SelectionStatistics {
  /** Value of the selected stacks, none counted twice. */
  total: number;
  /** The comparison's part of total; 0 when the tree is no diff, or for a range (which cuts through nodes). */
  totalRight: number;
  /** total as a share of the root's. */
  share: number;
  /** Nodes and different functions in the selection, everything below included. */
  nodes: number;
  functions: number;
  /** Levels from the topmost selected node to the deepest one below. */
  levels: number;
  /** Functions with the largest self value in the selection, the largest first. */
  hottest: Array<{ label: number; self: number }>;
}

const HOTTEST = 5;

/** Statistics of nodes with everything below them; nodes inside others count once. */
export function nodeStatistics(tree: CallTree, nodes: ArrayLike<number>): SelectionStatistics {
  const { depthFirst, subtreeEnd, start, end, self, label, diff } = tree;
  const order = depthFirstOrder(tree);
  const sorted = Array.from(nodes).sort((a, b) => depthFirst[a] - depthFirst[b]);
  const functions = new FunctionSums(tree);
  let total = 0;
  let totalRight = 0;
  let count = 0;
  let top = Infinity;
  let bottom = 0;
  let after = 0;
  for (const node of sorted) {
    if (depthFirst[node] < after) {
      continue;
    }
    after = subtreeEnd[node];
    total += end[node] - start[node];
    totalRight += diff?.totalRight[node] ?? 0;
    count += after - depthFirst[node];
    top = Math.min(top, node);
    for (let d = depthFirst[node]; d < after; d++) {
      const i = order[d];
      bottom = Math.max(bottom, i);
      functions.add(label[i], self[i]);
    }
  }
  return {
    total,
    totalRight,
    share: share(total, end[0]),
    nodes: count,
    functions: functions.count(),
    levels: count === 0 ? 0 : levelOf(tree, bottom) - levelOf(tree, top) + 1,
    hottest: functions.hottest(),
  };
}

/**
 * Statistics of a horizontal range of the profile, as a brush selects it: everything between two positions, nodes at
 * its ends in part. Self is what of a node has no callee above it in the range.
 */
export function rangeStatistics(tree: CallTree, from: number, to: number): SelectionStatistics {
  const { start, end, label, parent } = tree;
  const left = Math.max(0, from);
  const right = Math.min(end[0], to);
  const functions = new FunctionSums(tree);
  let nodes = 0;
  let levels = 0;
  for (let level = 0; left < right && level < levelCount(tree); level++) {
    const first = firstVisible(tree, level, left);
    const last = endVisible(tree, level, right);
    if (last <= first) {
      break;
    }
    nodes += last - first;
    levels++;
    for (let i = first; i < last; i++) {
      const inside = Math.min(end[i], right) - Math.max(start[i], left);
      functions.add(label[i], inside);
      if (i > 0) {
        functions.add(label[parent[i]], -inside);
      }
    }
  }
  const total = Math.max(0, right - left);
  return {
    total,
    totalRight: 0,
    share: share(total, end[0]),
    nodes,
    functions: functions.count(),
    levels,
    hottest: functions.hottest(),
  };
}

/** Sums by function, and which functions there were. */
class FunctionSums {
  private readonly self: Float64Array;
  private readonly seen: Uint8Array;

  constructor(tree: CallTree) {
    this.self = new Float64Array(tree.labels.length);
    this.seen = new Uint8Array(tree.labels.length);
  }

  add(label: number, self: number) {
    this.self[label] += self;
    this.seen[label] = 1;
  }

  count(): number {
    return this.seen.reduce((sum, seen) => sum + seen, 0);
  }

  hottest() {
    return largest(this.self, this.self.length, HOTTEST).map((label) => ({ label, self: this.self[label] }));
  }
}

import type { CallTree } from './callTree';
import { nestedNodes, nestedWithin } from './nested';
import { pick } from './pick';

/** What each function costs, as columns; row r is the function labels[label[r]]. Every function has one row. */
export interface TopTable {
  readonly size: number;
  readonly label: Uint32Array;
  /** Value of the function's own code; in a diff both sides added. */
  readonly self: Float64Array;
  /** Value of all stacks with the function on them, each counted once under recursion; in a diff both sides added. */
  readonly total: Float64Array;
  /** Nodes that carry the name. */
  readonly nodes: Uint32Array;
  /** The comparison's part, in a diff. */
  readonly diff?: { readonly selfRight: Float64Array; readonly totalRight: Float64Array };
}

/**
 * Adds up self and total for each function, of the whole tree or of the subtree of one node. Rows are in order of the
 * dictionary; a function that is not in the subtree has no row.
 */
export function topTable(tree: CallTree, within = 0): TopTable {
  const { label, start, end, self, depthFirst, subtreeEnd, diff } = tree;
  const functions = tree.labels.length;
  const selfOf = new Float64Array(functions);
  const totalOf = new Float64Array(functions);
  const selfRightOf = new Float64Array(diff ? functions : 0);
  const totalRightOf = new Float64Array(diff ? functions : 0);
  const nodes = new Uint32Array(functions);
  const whole = within === 0;
  const nested = whole ? nestedNodes(tree) : nestedWithin(tree, within);
  const from = depthFirst[within];
  const to = subtreeEnd[within];

  for (let i = within; i < label.length; i++) {
    if (!whole && (depthFirst[i] < from || depthFirst[i] >= to)) {
      continue;
    }
    const f = label[i];
    nodes[f]++;
    selfOf[f] += self[i];
    if (nested[i] === 0) {
      totalOf[f] += end[i] - start[i];
    }
    if (diff) {
      selfRightOf[f] += diff.selfRight[i];
      totalRightOf[f] += nested[i] === 0 ? diff.totalRight[i] : 0;
    }
  }

  const present = presentLabels(nodes);
  return {
    size: present.length,
    label: present,
    self: pick(selfOf, present),
    total: pick(totalOf, present),
    nodes: present.map((f) => nodes[f]),
    ...(diff && { diff: { selfRight: pick(selfRightOf, present), totalRight: pick(totalRightOf, present) } }),
  };
}

function presentLabels(nodes: Uint32Array): Uint32Array {
  const present = new Uint32Array(nodes.length);
  let count = 0;
  for (let f = 0; f < nodes.length; f++) {
    if (nodes[f] > 0) {
      present[count++] = f;
    }
  }
  return present.slice(0, count);
}

import type { CallTree } from './callTree';
import { depthFirstOrder } from './traverse';

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
  const { label, start, end, self, subtreeEnd, diff } = tree;
  const functions = tree.labels.length;
  const order = depthFirstOrder(tree);
  const insideUntil = new Uint32Array(functions);
  const selfOf = new Float64Array(functions);
  const totalOf = new Float64Array(functions);
  const selfRightOf = new Float64Array(diff ? functions : 0);
  const totalRightOf = new Float64Array(diff ? functions : 0);
  const nodes = new Uint32Array(functions);

  for (let d = tree.depthFirst[within]; d < subtreeEnd[within]; d++) {
    const i = order[d];
    const f = label[i];
    nodes[f]++;
    selfOf[f] += self[i];
    if (diff) {
      selfRightOf[f] += diff.selfRight[i];
    }
    if (d >= insideUntil[f]) {
      insideUntil[f] = subtreeEnd[i];
      totalOf[f] += end[i] - start[i];
      if (diff) {
        totalRightOf[f] += diff.totalRight[i];
      }
    }
  }

  const present = presentLabels(nodes);
  const pick = (column: Float64Array) => Float64Array.from(present, (f) => column[f]);
  return {
    size: present.length,
    label: present,
    self: pick(selfOf),
    total: pick(totalOf),
    nodes: Uint32Array.from(present, (f) => nodes[f]),
    ...(diff && { diff: { selfRight: pick(selfRightOf), totalRight: pick(totalRightOf) } }),
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

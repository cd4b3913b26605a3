import type { CallTree } from '../callTree';
import type { GroupedNodes } from './groupedNodes';

/** Measures merged nodes: totals from the leaves up, then positions from the root down. The columns are taken over. */
export function assemble(nodes: GroupedNodes, labels: readonly string[]): CallTree {
  const { size, label, parent, childStart, self, selfRight, levelOffsets } = nodes;
  const start = new Float64Array(size);
  const end = totals(self, parent);
  const depthFirst = new Uint32Array(size);
  const subtreeEnd = subtreeSizes(parent);
  for (let i = 1; i < size; i++) {
    const p = parent[i];
    const first = i === childStart[p];
    start[i] = first ? start[p] : end[i - 1];
    // Scaled values round: without the limit a child could stick out of its caller and break binary search.
    end[i] = Math.min(start[i] + end[i], end[p]);
    depthFirst[i] = first ? depthFirst[p] + 1 : subtreeEnd[i - 1];
    subtreeEnd[i] += depthFirst[i];
  }
  const diff = selfRight && { totalRight: totals(selfRight, parent), selfRight };
  return {
    labels,
    size,
    levelOffsets,
    start,
    end,
    self,
    label,
    parent,
    childStart,
    depthFirst,
    subtreeEnd,
    ...(diff && { diff }),
  };
}

/** Adds each node's value to all of its callers. */
export function totals(self: Float64Array, parent: Uint32Array): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(self);
  for (let i = sum.length - 1; i > 0; i--) {
    sum[parent[i]] += sum[i];
  }
  return sum;
}

function subtreeSizes(parent: Uint32Array): Uint32Array {
  const count = new Uint32Array(parent.length).fill(1);
  for (let i = count.length - 1; i > 0; i--) {
    count[parent[i]] += count[i];
  }
  return count;
}

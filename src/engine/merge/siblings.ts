import { totals } from './assemble';
import type { GroupedNodes } from './groupedNodes';
import { sortByWeight } from './sortByWeight';

/**
 * Order of the children of a node from left to right: as they were found, the heaviest first, or by name (in the order
 * of UTF-16 code units, which is a server's byte order for all names but those with characters beyond the basic plane).
 */
export type SiblingOrder = 'found' | 'heaviest' | 'name';

/** Puts siblings in order. Ties keep the order in which they were found. */
export function orderSiblings(nodes: GroupedNodes, order: SiblingOrder, labels: readonly string[]): GroupedNodes {
  if (order === 'found') {
    return nodes;
  }
  const weight = order === 'heaviest' ? totals(nodes.self, nodes.parent) : nameWeights(nodes.label, labels);
  return renumber(nodes, sortedNumbers(nodes, weight));
}

/** Weights that fall from the first name to the last. */
function nameWeights(label: Uint32Array, labels: readonly string[]): Float64Array {
  const byName = Uint32Array.from(labels, (_, i) => i).sort((a, b) =>
    labels[a] < labels[b] ? -1 : labels[a] > labels[b] ? 1 : 0
  );
  const rank = new Uint32Array(labels.length);
  byName.forEach((l, position) => (rank[l] = position));
  const weight = new Float64Array(label.length);
  for (let i = 0; i < weight.length; i++) {
    weight[i] = -rank[label[i]];
  }
  return weight;
}

/** For each place of the new numbering the node that goes there: heavier siblings first. */
function sortedNumbers({ size, childStart }: GroupedNodes, weight: Float64Array): Uint32Array {
  const from = new Uint32Array(size);
  let end = 1;
  for (let place = 0; place < end; place++) {
    const node = from[place];
    const first = end;
    for (let child = childStart[node]; child < childStart[node + 1]; child++) {
      from[end++] = child;
    }
    if (end - first > 1) {
      sortByWeight(from, first, end, weight);
    }
  }
  return from;
}

function renumber(nodes: GroupedNodes, from: Uint32Array): GroupedNodes {
  const { size, levelOffsets, selfRight, truncated } = nodes;
  const label = new Uint32Array(size);
  const parent = new Uint32Array(size);
  const childStart = new Uint32Array(size + 1);
  const self = new Float64Array(size);
  const right = selfRight && new Float64Array(size);
  const cut = truncated && new Uint8Array(size);
  let nextChild = 1;
  for (let i = 0; i < size; i++) {
    const node = from[i];
    label[i] = nodes.label[node];
    self[i] = nodes.self[node];
    if (right) {
      right[i] = selfRight[node];
    }
    if (cut) {
      cut[i] = truncated[node];
    }
    childStart[i] = nextChild;
    const after = nextChild + nodes.childStart[node + 1] - nodes.childStart[node];
    parent.fill(i, nextChild, after);
    nextChild = after;
  }
  childStart[size] = size;
  return {
    size,
    label,
    parent,
    childStart,
    self,
    ...(right && { selfRight: right }),
    ...(cut && { truncated: cut }),
    levelOffsets,
  };
}

import type { CallTree } from './callTree';
import { depthFirstOrder } from './traverse';

const known = new WeakMap<CallTree, Uint8Array>();

/**
 * 1 for nodes that are below a node of the same name: recursive calls, whose value is in the outer call's already.
 * Found once for a tree (one byte a node, freed with the tree).
 */
export function nestedNodes(tree: CallTree): Uint8Array {
  let nested = known.get(tree);
  if (!nested) {
    nested = findNested(tree);
    known.set(tree, nested);
  }
  return nested;
}

/** For whoever met all nodes in depth-first order anyway. */
export function rememberNested(tree: CallTree, nested: Uint8Array) {
  known.set(tree, nested);
}

function findNested(tree: CallTree): Uint8Array {
  const { size, label, subtreeEnd } = tree;
  const order = depthFirstOrder(tree);
  const insideUntil = new Uint32Array(tree.labels.length);
  const nested = new Uint8Array(size);
  for (let d = 0; d < size; d++) {
    const i = order[d];
    const l = label[i];
    if (d < insideUntil[l]) {
      nested[i] = 1;
    } else {
      insideUntil[l] = subtreeEnd[i];
    }
  }
  return nested;
}

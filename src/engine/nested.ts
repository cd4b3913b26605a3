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
    nested = nestedWithin(tree, 0);
    known.set(tree, nested);
  }
  return nested;
}

/** For whoever met all nodes depth-first anyway: it costs a third there. */
export function rememberNested(tree: CallTree, nested: Uint8Array) {
  known.set(tree, nested);
}

/** The same for the subtree of one node: what is above it does not count. */
export function nestedWithin(tree: CallTree, within: number): Uint8Array {
  const { size, label, depthFirst, subtreeEnd } = tree;
  const order = depthFirstOrder(tree);
  const insideUntil = new Uint32Array(tree.labels.length);
  const nested = new Uint8Array(size);
  for (let d = depthFirst[within]; d < subtreeEnd[within]; d++) {
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

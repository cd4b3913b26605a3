import type { CallTree } from './callTree';
import { normalizeName } from './names/normalize';

/** Total of a node in units of the profile; in a diff both sides added. */
export function total(tree: CallTree, node: number): number {
  return tree.end[node] - tree.start[node];
}

export function levelCount(tree: CallTree): number {
  return tree.levelOffsets.length - 1;
}

/** Level of a node, by binary search over the level offsets. */
export function levelOf(tree: CallTree, node: number): number {
  const offsets = tree.levelOffsets;
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (offsets[middle] <= node) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** Whether a node is an ancestor of another, or the same. */
export function contains(tree: CallTree, ancestor: number, node: number): boolean {
  const d = tree.depthFirst[node];
  return tree.depthFirst[ancestor] <= d && d < tree.subtreeEnd[ancestor];
}

/** Nodes from the root down to a node, both included. */
export function pathTo(tree: CallTree, node: number): number[] {
  const path = [node];
  while (node !== 0) {
    node = tree.parent[node];
    path.push(node);
  }
  return path.reverse();
}

/** Names from the root down to a node: its stack. */
export function stackOf(tree: CallTree, node: number): string[] {
  return pathTo(tree, node).map((i) => tree.labels[tree.label[i]]);
}

/**
 * Follows names from the root as far as they go; the first name is the root's. Keeps a focus or a selection over a
 * refresh. Where the names end, those that only differ from build to build are followed too: `func1` of one version may
 * be `func2` of the next. Returns the deepest node found and how many names led to it (0 when not even the root has the
 * name).
 */
export function followStack(tree: CallTree, stack: readonly string[]): { node: number; depth: number } {
  const { labels, label, childStart } = tree;
  if (stack.length === 0 || labels[label[0]] !== stack[0]) {
    return { node: 0, depth: 0 };
  }
  let node = 0;
  let depth = 1;
  for (; depth < stack.length; depth++) {
    let child = childStart[node];
    const last = childStart[node + 1];
    while (child < last && labels[label[child]] !== stack[depth]) {
      child++;
    }
    if (child === last) {
      const akin = followAkin(tree, stack);
      return akin.depth > depth ? akin : { node, depth };
    }
    node = child;
  }
  return { node, depth };
}

/** As followStack, by names without what changes from build to build; of several nodes at the end the heaviest. */
function followAkin(tree: CallTree, stack: readonly string[]): { node: number; depth: number } {
  const { labels, label, childStart } = tree;
  const normal = new Map<number, string>();
  const nameOf = (node: number) => {
    const of = label[node];
    const known = normal.get(of) ?? normalizeName(labels[of]);
    normal.set(of, known);
    return known;
  };
  let reached = [0];
  let depth = 1;
  for (; depth < stack.length; depth++) {
    const wanted = normalizeName(stack[depth]);
    const next: number[] = [];
    for (const node of reached) {
      for (let child = childStart[node]; child < childStart[node + 1]; child++) {
        if (nameOf(child) === wanted) {
          next.push(child);
        }
      }
    }
    if (next.length === 0) {
      break;
    }
    reached = next;
  }
  const node = reached.reduce((heaviest, each) => (total(tree, each) > total(tree, heaviest) ? each : heaviest));
  return { node, depth };
}

/** Nodes in depth-first order: the inverse of tree.depthFirst. 4 bytes a node; not kept. */
export function depthFirstOrder(tree: CallTree): Uint32Array {
  const order = new Uint32Array(tree.size);
  const { depthFirst } = tree;
  for (let i = 0; i < order.length; i++) {
    order[depthFirst[i]] = i;
  }
  return order;
}

import * as fc from 'fast-check';

/**
 * A second way to everything the engine does, for its tests: profiles as lists of samples, each with its stack, and
 * every operation as what it means for one sample. Slow and plain on purpose.
 */
export interface Sample {
  /** Names from the outermost caller down; the root of the tree is not on it. */
  stack: string[];
  /** Value, in a diff the baseline's. */
  left: number;
  right: number;
}

export interface Node {
  name: string;
  left: number;
  right: number;
  selfLeft: number;
  selfRight: number;
  children: Map<string, Node>;
}

/** Samples as a tree of objects: same-name siblings are one. */
export function toTree(samples: Sample[], root = 'total'): Node {
  const tree = emptyNode(root);
  for (const { stack, left, right } of samples) {
    let node = tree;
    add(node, left, right);
    for (const name of stack) {
      const child = node.children.get(name) ?? emptyNode(name);
      node.children.set(name, child);
      add(child, left, right);
      node = child;
    }
    node.selfLeft += left;
    node.selfRight += right;
  }
  return tree;
}

function emptyNode(name: string): Node {
  return { name, left: 0, right: 0, selfLeft: 0, selfRight: 0, children: new Map() };
}

function add(node: Node, left: number, right: number) {
  node.left += left;
  node.right += right;
}

/** One line for each node, with its path and its values; sorted, so that the order of siblings does not count. */
export function linesOf(tree: Node): string[] {
  const lines: string[] = [];
  const visit = (node: Node, path: string) => {
    const here = `${path}/${node.name}`;
    lines.push(line(here, node.left, node.right, node.selfLeft, node.selfRight));
    for (const child of node.children.values()) {
      visit(child, here);
    }
  };
  visit(tree, '');
  return lines.sort();
}

export function line(path: string, left: number, right: number, selfLeft: number, selfRight: number): string {
  return `${path} ${left}|${right} self ${selfLeft}|${selfRight}`;
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'other'];

/** Random profiles with few names, so that merging, recursion and repeated siblings are frequent; zeros included. */
export const anySamples = (diff: boolean): fc.Arbitrary<Sample[]> =>
  fc.array(
    fc.record({
      stack: fc.array(fc.constantFrom(...NAMES), { maxLength: 9 }),
      left: fc.oneof(fc.constant(0), fc.nat(1000)),
      right: diff ? fc.oneof(fc.constant(0), fc.nat(1000)) : fc.constant(0),
    }),
    { maxLength: 25 }
  );

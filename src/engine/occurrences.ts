import type { CallTree } from './callTree';
import type { LabelMatches } from './search';

/** Matching nodes that are not below another matching node, in level order: each stack with a match has one. */
function outermostMatches(tree: CallTree, matches: LabelMatches): Uint32Array {
  const { size, label, parent } = tree;
  const covered = new Uint8Array(size);
  const found: number[] = [];
  for (let i = 0; i < size; i++) {
    covered[i] = covered[parent[i]];
    if (matches[label[i]] === 1 && covered[i] === 0) {
      covered[i] = 1;
      found.push(i);
    }
  }
  return Uint32Array.from(found);
}

/**
 * Nodes of one function that are not below another node of it: what it costs, without counting recursion twice.
 *
 * @throws RangeError when the tree has no such label
 */
export function outermostOf(tree: CallTree, label: number): Uint32Array {
  if (tree.labels[label] === undefined) {
    throw new RangeError(`There is no function ${label} in this profile; it has ${tree.labels.length} functions.`);
  }
  const matches = new Uint8Array(tree.labels.length);
  matches[label] = 1;
  return outermostMatches(tree, matches);
}

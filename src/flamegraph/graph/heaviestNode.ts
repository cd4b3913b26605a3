import type { CallTree } from '../../engine/callTree';
import { total } from '../../engine/traverse';

/** The node of a function with the largest total, or undefined when the tree does not have the function. */
export function heaviestNodeOf(tree: CallTree, name: string): number | undefined {
  const label = tree.labels.indexOf(name);
  let heaviest: number | undefined;
  for (let node = 0; label >= 0 && node < tree.size; node++) {
    if (tree.label[node] === label && (heaviest === undefined || total(tree, node) > total(tree, heaviest))) {
      heaviest = node;
    }
  }
  return heaviest;
}

import type { CallTree } from '../../engine/callTree';
import { levelOf } from '../../engine/traverse';

export type Step = 'caller' | 'callee' | 'left' | 'right';

/** Where an arrow key leads from a node: up to the caller, down to the heaviest callee, to the neighbours of the level. */
export function walk(tree: CallTree, from: number, step: Step): number {
  const { start, end, childStart, levelOffsets } = tree;
  switch (step) {
    case 'caller':
      return tree.parent[from];
    case 'callee': {
      let heaviest = from;
      for (let child = childStart[from]; child < childStart[from + 1]; child++) {
        if (heaviest === from || end[child] - start[child] > end[heaviest] - start[heaviest]) {
          heaviest = child;
        }
      }
      return heaviest;
    }
    case 'left':
    case 'right': {
      const level = levelOf(tree, from);
      const neighbour = from + (step === 'left' ? -1 : 1);
      return neighbour >= levelOffsets[level] && neighbour < levelOffsets[level + 1] ? neighbour : from;
    }
  }
}

import type { CallTree } from './callTree';
import { LabelDictionary } from './labelDictionary';
import { assemble } from './merge/assemble';
import { mergeStacks, type StackColumns } from './merge/stackMerge';
import { orderSiblings, type SiblingOrder } from './merge/siblings';
import { runNow, type Steps } from './steps';
import { total } from './traverse';

export interface DiffOptions {
  /** Every value of the comparison is multiplied by this. Default 1; see shareScale. */
  comparisonScale?: number;
  /** Order of siblings; as found by default: the baseline's order, then what only the comparison has. */
  order?: SiblingOrder;
}

/**
 * Aligns two profiles by their stacks: nodes with the same names from the root down become one, with the values of
 * both sides. The roots are aligned whatever they are called; the result has the baseline's name.
 */
export function diffTrees(baseline: CallTree, comparison: CallTree, options: DiffOptions = {}): CallTree {
  return runNow(diffSteps(baseline, comparison, options));
}

export function* diffSteps(baseline: CallTree, comparison: CallTree, options: DiffOptions = {}): Steps<CallTree> {
  const { comparisonScale = 1, order = 'found' } = options;
  const dictionary = new LabelDictionary(baseline.labels);
  const renumbered = Uint32Array.from(comparison.labels, (name) => dictionary.of(name));
  const { labels } = dictionary;
  const stacks = sideBySide(baseline, comparison, renumbered, comparisonScale);
  const merged = yield* mergeStacks({
    stacks,
    roots: [0, baseline.size + 1],
    rootLabel: baseline.label[0],
    labelCount: labels.length,
    capacity: baseline.size + comparison.size,
  });
  return assemble(orderSiblings(merged, order, labels), labels);
}

/** Scale of the comparison with which both sides have the same total, so that shares are compared. 1 if one is empty. */
export function shareScale(baseline: CallTree, comparison: CallTree): number {
  const left = total(baseline, 0);
  const right = total(comparison, 0);
  return left > 0 && right > 0 ? left / right : 1;
}

/** The same diff with the comparison's values multiplied, all positions anew. */
export function rescaleComparison(tree: CallTree, scale: number): CallTree {
  const { diff, self } = tree;
  if (!diff || scale === 1) {
    return tree;
  }
  const selfRight = diff.selfRight.map((value) => value * scale);
  const { label, parent, childStart, size, levelOffsets } = tree;
  const both = self.map((value, i) => value - diff.selfRight[i] + selfRight[i]);
  return assemble({ size, label, parent, childStart, self: both, selfRight, levelOffsets }, tree.labels);
}

/** One side of a diff as a tree of its own, with the same nodes: those of the other side only are there with 0. */
export function sideOf(tree: CallTree, side: 'baseline' | 'comparison'): CallTree {
  const { diff, label, parent, childStart, size, levelOffsets, labels } = tree;
  if (!diff) {
    return tree;
  }
  const self = side === 'comparison' ? diff.selfRight : tree.self.map((value, i) => value - diff.selfRight[i]);
  return assemble({ size, label, parent, childStart, self, levelOffsets }, labels);
}

/**
 * The columns of both trees behind each other. The second tree's nodes are moved by the first's size and one more,
 * because the first's childStart has one entry more than it has nodes.
 */
function sideBySide(
  first: CallTree,
  second: CallTree,
  renumbered: Uint32Array,
  scale: number
): Required<Omit<StackColumns, 'fate'>> {
  const moved = first.size + 1;
  const size = moved + second.size;
  const childStart = new Uint32Array(size + 1);
  const label = new Uint32Array(size);
  const self = new Float64Array(size);
  const selfRight = new Float64Array(size);
  childStart.set(first.childStart);
  label.set(first.label);
  self.set(first.self);
  childStart[size] = size;
  for (let i = 0; i < second.size; i++) {
    childStart[moved + i] = second.childStart[i] + moved;
    label[moved + i] = renumbered[second.label[i]];
    self[moved + i] = second.self[i] * scale;
  }
  selfRight.set(self.subarray(moved), moved);
  return { childStart, label, self, selfRight };
}

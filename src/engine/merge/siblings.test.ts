import * as fc from 'fast-check';
import { calleesSteps } from '../callees';
import { diffTrees } from '../diff';
import { runNow } from '../steps';
import { anySamples } from '../testing/samples';
import { faults, linesOfTree, treeOf } from '../testing/trees';
import { total } from '../traverse';
import type { CallTree } from '../callTree';

/** Calls back for each pair of neighbouring children of one node. */
function eachPair(tree: CallTree, see: (left: number, right: number) => void) {
  for (let i = 2; i < tree.size; i++) {
    if (tree.parent[i - 1] === tree.parent[i]) {
      see(i - 1, i);
    }
  }
}

describe('orderSiblings', () => {
  it('puts the heaviest first', () => {
    fc.assert(
      fc.property(anySamples(true), (samples) => {
        const tree = treeOf([...samples, { stack: ['a'], left: 1, right: 1 }], true);
        const label = tree.labels.indexOf('a');
        const found = runNow(calleesSteps(tree, label));
        const sorted = runNow(calleesSteps(tree, label, { order: 'heaviest' }));
        expect(faults(sorted)).toEqual([]);
        expect(linesOfTree(sorted)).toEqual(linesOfTree(found));
        eachPair(sorted, (left, right) => expect(total(sorted, left)).toBeGreaterThanOrEqual(total(sorted, right)));
      }),
      { numRuns: 500 }
    );
  });

  it('sorts by name', () => {
    fc.assert(
      fc.property(anySamples(false), anySamples(false), (baseline, comparison) => {
        const tree = diffTrees(treeOf(baseline), treeOf(comparison), { order: 'name' });
        const name = (i: number) => tree.labels[tree.label[i]];
        eachPair(tree, (left, right) => expect(name(left) < name(right)).toBe(true));
      }),
      { numRuns: 500 }
    );
  });

  it('sorts many siblings', () => {
    const samples = Array.from({ length: 300 }, (_, i) => ({ stack: ['a', `f${i}`], left: (i * 37) % 101, right: 0 }));
    const tree = treeOf(samples);
    const sorted = runNow(calleesSteps(tree, tree.labels.indexOf('a'), { order: 'heaviest' }));
    expect(faults(sorted)).toEqual([]);
    eachPair(sorted, (left, right) => expect(total(sorted, left)).toBeGreaterThanOrEqual(total(sorted, right)));
  });
});

import * as fc from 'fast-check';
import { callees, callers, diffTrees, invert, rescaleComparison, sideOf, type CallTree } from './index';
import { collapsePackages } from './filter/packages';
import { collapseRecursion } from './filter/recursion';
import { dropStacks, focusStacks, hideFrames } from './filter/stacks';
import { ingest } from './ingest/ingest';
import { anySamples, linesOf, toTree, type Sample } from './testing/samples';
import { columnsOf, faults, linesOfTree, treeOf } from './testing/trees';

const RUNS = { numRuns: 500 };

interface Meaning {
  (samples: Sample[], name: string): Sample[];
}

/** Checks an operation on trees against what it means for samples, with and without a comparison side. */
function agrees(
  operation: (tree: CallTree, name: string) => CallTree,
  meaning: Meaning,
  root: (name: string) => string = () => 'total'
) {
  for (const diff of [false, true]) {
    fc.assert(
      fc.property(anySamples(diff), fc.constantFrom('a', 'b', 'other'), (samples, name) => {
        const before = treeOf(samples, diff);
        fc.pre(before.labels.includes(name));
        const after = operation(before, name);
        expect(faults(after)).toEqual([]);
        expect(linesOfTree(after)).toEqual(linesOf(toTree(meaning(samples, name), root(name))));
      }),
      RUNS
    );
  }
}

const only = (tree: CallTree, name: string) => Uint8Array.from(tree.labels, (label) => (label === name ? 1 : 0));
const labelOf = (tree: CallTree, name: string) => tree.labels.indexOf(name);
const restack =
  (change: (stack: string[], name: string) => string[]): Meaning =>
  (samples, name) =>
    samples.map((sample) => ({ ...sample, stack: change(sample.stack, name) }));
const worth = ({ left, right }: Sample) => left + right > 0;
const asBaseline = ({ stack, left }: Sample) => ({ stack, left, right: 0 });
const asComparison = ({ stack, left }: Sample) => ({ stack, left: 0, right: left });

describe('operations on trees against their meaning for samples', () => {
  it('ingest', () =>
    agrees(
      (tree) => tree,
      (samples) => samples
    ));

  it('ingest of several roots', () => {
    fc.assert(
      fc.property(anySamples(true), (samples) => {
        const columns = columnsOf(samples, true);
        const below = <T>(column: ArrayLike<T>) => Array.from(column).slice(1);
        fc.pre(below(columns.level).filter((l) => l === 1).length > 1);
        const tree = ingest({
          level: below(columns.level).map((l) => l - 1),
          value: below(columns.value),
          self: below(columns.self!),
          valueRight: below(columns.valueRight!),
          selfRight: below(columns.selfRight!),
          label: below(columns.label as string[]),
        });
        expect(faults(tree)).toEqual([]);
        expect(linesOfTree(tree)).toEqual(linesOf(toTree(samples.filter(({ stack }) => stack.length > 0))));
      }),
      RUNS
    );
  });

  it('hide', () =>
    agrees(
      (tree, name) => hideFrames(tree, only(tree, name)),
      restack((stack, name) => stack.filter((frame) => frame !== name))
    ));

  it('focus', () =>
    agrees(
      (tree, name) => focusStacks(tree, only(tree, name)),
      (samples, name) => samples.filter(({ stack }) => stack.includes(name))
    ));

  it('collapse of direct recursion', () =>
    agrees(
      (tree) => collapseRecursion(tree, 'direct'),
      restack((stack) => stack.filter((frame, i) => frame !== stack[i - 1]))
    ));

  it('collapse of any recursion', () =>
    agrees(
      (tree) => collapseRecursion(tree, 'any'),
      restack((stack) => [...new Set(stack)])
    ));

  it('callees', () =>
    agrees(
      (tree, name) => callees(tree, labelOf(tree, name)),
      (samples, name) =>
        samples
          .filter(({ stack }) => stack.includes(name))
          .map((sample) => ({ ...sample, stack: sample.stack.slice(sample.stack.indexOf(name) + 1) })),
      (name) => name
    ));

  it('callers', () =>
    agrees(
      (tree, name) => callers(tree, labelOf(tree, name)).tree,
      (samples, name) =>
        samples
          .filter(({ stack }) => stack.includes(name))
          .map((sample) => ({ ...sample, stack: sample.stack.slice(0, sample.stack.indexOf(name)).reverse() })),
      (name) => name
    ));

  it('invert', () =>
    agrees(
      (tree) => invert(tree).tree,
      (samples) => samples.filter(worth).map((sample) => ({ ...sample, stack: [...sample.stack].reverse() }))
    ));

  it('invert along a path', () => {
    fc.assert(
      fc.property(anySamples(true), fc.constantFrom('a', 'b', 'other'), (samples, name) => {
        const before = treeOf([...samples, { stack: ['c', name], left: 1, right: 0 }], true);
        const inverted = samples
          .concat({ stack: ['c', name], left: 1, right: 0 })
          .filter(worth)
          .map((sample) => ({ ...sample, stack: [...sample.stack].reverse() }))
          .filter(({ stack }) => stack[0] === name && stack[1] === 'c')
          .map((sample) => ({ ...sample, stack: sample.stack.slice(2) }));
        const after = invert(before, { path: [name, 'c'] }).tree;
        expect(faults(after)).toEqual([]);
        expect(linesOfTree(after)).toEqual(linesOf(toTree(inverted, 'c')));
      }),
      RUNS
    );
  });

  it('packages', () => {
    const name = (frame: string) => ({ a: 'x.f', b: 'x.g', c: 'y/z.f', d: 'y/z.(*T).g' })[frame] ?? frame;
    const group = (frame: string) => ({ a: 'x', b: 'x', c: 'y/z', d: 'y/z' })[frame] ?? frame;
    fc.assert(
      fc.property(anySamples(true), (samples) => {
        const named = samples.map((sample) => ({ ...sample, stack: sample.stack.map(name) }));
        const grouped = samples.map((sample) => ({
          ...sample,
          stack: sample.stack.map(group).filter((frame, i, stack) => frame !== stack[i - 1]),
        }));
        const tree = collapsePackages(treeOf(named, true));
        expect(faults(tree)).toEqual([]);
        expect(linesOfTree(tree)).toEqual(linesOf(toTree(grouped)));
      }),
      RUNS
    );
  });

  it('drop', () => {
    fc.assert(
      fc.property(anySamples(true), (samples) => {
        const before = treeOf(samples, true);
        const after = dropStacks(before, only(before, 'a'));
        const rest = toTree(samples.filter(({ stack }) => !stack.includes('a')));
        const valuable = (lines: string[]) => lines.filter((line) => !line.includes(' 0|0 self'));
        expect(faults(after)).toEqual([]);
        expect(valuable(linesOfTree(after))).toEqual(valuable(linesOf(rest)));
      }),
      RUNS
    );
  });

  it('diff', () => {
    fc.assert(
      fc.property(anySamples(false), anySamples(false), (baseline, comparison) => {
        const both = [...baseline.map(asBaseline), ...comparison.map(asComparison)];
        const tree = diffTrees(treeOf(baseline), treeOf(comparison));
        expect(faults(tree)).toEqual([]);
        expect(linesOfTree(tree)).toEqual(linesOf(toTree(both)));

        const tripled = both.map((sample) => ({ ...sample, right: sample.right * 3 }));
        const scaled = [
          diffTrees(treeOf(baseline), treeOf(comparison), { comparisonScale: 3, order: 'name' }),
          rescaleComparison(tree, 3),
        ];
        for (const diff of scaled) {
          expect(faults(diff)).toEqual([]);
          expect(linesOfTree(diff)).toEqual(linesOf(toTree(tripled)));
        }

        expect(faults(rescaleComparison(tree, 1 / 3))).toEqual([]);

        const right = sideOf(tree, 'comparison');
        expect(faults(right)).toEqual([]);
        expect(linesOfTree(right)).toEqual(
          linesOf(toTree(both.map(({ stack, right }) => ({ stack, left: right, right: 0 }))))
        );
      }),
      RUNS
    );
  });
});

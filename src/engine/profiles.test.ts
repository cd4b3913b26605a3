import expected from '../../testdata/profiles/expected.json';
import type { CallTree } from './callTree';
import { callees } from './callees';
import { diffTrees, shareScale } from './diff';
import { collapseRecursion } from './filter/recursion';
import { focusStacks } from './filter/stacks';
import { callers, invert } from './invert';
import { readCollapsed } from './testing/profiles';
import { faults, treeOf } from './testing/trees';
import { topTable, type TopTable } from './topTable';
import { total } from './traverse';

/** Functions with the largest values, as the recorded expectations list them: ties by name, the root left out. */
function top(tree: CallTree, table: TopTable, column: Float64Array, count: number) {
  return Array.from(table.label, (l, row) => ({ name: tree.labels[l], value: column[row] }))
    .filter(({ name, value }) => value > 0 && name !== 'total')
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .slice(0, count);
}

describe.each(expected.profiles)('recorded profile $file', (profile) => {
  const tree = treeOf(readCollapsed(profile.file));
  const table = topTable(tree);

  it('has the total and the depth that other tools found', () => {
    expect(faults(tree)).toEqual([]);
    expect(total(tree, 0)).toBe(profile.total);
    expect(tree.levelOffsets.length - 2).toBe(profile.maxDepth);
  });

  it('has the top functions that other tools found', () => {
    expect(top(tree, table, table.self, profile.topSelf.length)).toEqual(profile.topSelf);
    expect(top(tree, table, table.total, profile.topTotal.length)).toEqual(profile.topTotal);
  });

  it('has sandwiches that agree with the table', () => {
    for (const { name, value } of profile.topTotal) {
      const label = tree.labels.indexOf(name);
      expect(total(callees(tree, label), 0)).toBe(value);
      expect(total(callers(tree, label).tree, 0)).toBe(value);
      const focused = focusStacks(
        tree,
        Uint8Array.from(tree.labels, (_, l) => (l === label ? 1 : 0))
      );
      expect(total(focused, 0)).toBe(value);
    }
  });

  it('is led by the hottest functions when inverted', () => {
    const inverted = invert(tree).tree;
    expect(faults(inverted)).toEqual([]);
    expect(total(inverted, 0)).toBe(profile.total);
    const leaders = Array.from({ length: profile.topSelf.length }, (_, k) => total(inverted, 1 + k));
    expect(leaders).toEqual(profile.topSelf.map(({ value }) => value));
  });

  it('keeps what functions cost when recursion is collapsed', () => {
    const collapsed = collapseRecursion(tree, 'any');
    const after = topTable(collapsed);
    expect(faults(collapsed)).toEqual([]);
    expect(top(collapsed, after, after.total, 1e6)).toEqual(top(tree, table, table.total, 1e6));
  });
});

describe('recorded pair of profiles', () => {
  const { diff } = expected;
  const [baseline, comparison] = [diff.baseline, diff.comparison].map((file) => treeOf(readCollapsed(file)));

  it('shows the changes that were measured', () => {
    const tree = diffTrees(baseline, comparison);
    const table = topTable(tree);
    expect(faults(tree)).toEqual([]);
    expect(tree.diff!.totalRight[0]).toBe(diff.totalComparison);
    expect(total(tree, 0)).toBe(diff.totalBaseline + diff.totalComparison);
    for (const { name, baseline, comparison } of diff.functions) {
      const row = table.label.indexOf(tree.labels.indexOf(name));
      expect(table.diff!.totalRight[row]).toBe(comparison);
      expect(table.total[row] - table.diff!.totalRight[row]).toBe(baseline);
    }
  });

  it('can be normalised to shares', () => {
    const tree = diffTrees(baseline, comparison, { comparisonScale: shareScale(baseline, comparison) });
    expect(faults(tree)).toEqual([]);
    expect(tree.diff!.totalRight[0]).toBeCloseTo(diff.totalBaseline, 0);
  });
});

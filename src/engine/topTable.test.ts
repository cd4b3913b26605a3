import * as fc from 'fast-check';
import { anySamples, type Sample } from './testing/samples';
import { treeOf } from './testing/trees';
import { topTable, type TopTable } from './topTable';
import { stackOf } from './traverse';
import type { CallTree } from './callTree';

/** Rows by name: self and total of both sides. */
function rowsOf(tree: CallTree, table: TopTable) {
  const rows: Record<string, number[]> = {};
  table.label.forEach((l, row) => {
    const right = table.diff ?? { selfRight: [], totalRight: [] };
    const selfRight = right.selfRight[row] ?? 0;
    const totalRight = right.totalRight[row] ?? 0;
    rows[tree.labels[l]] = [table.self[row] - selfRight, selfRight, table.total[row] - totalRight, totalRight];
  });
  return rows;
}

function expectedRows(samples: Sample[], root: string) {
  const rows: Record<string, number[]> = { [root]: [0, 0, 0, 0] };
  for (const { stack, left, right } of samples) {
    const frames = [root, ...stack];
    for (const name of new Set(frames)) {
      const row = (rows[name] ??= [0, 0, 0, 0]);
      row[2] += left;
      row[3] += right;
    }
    const leaf = rows[frames[frames.length - 1]];
    leaf[0] += left;
    leaf[1] += right;
  }
  return rows;
}

describe('topTable', () => {
  it.each([false, true])('counts recursion once (diff: %s)', (diff) => {
    fc.assert(
      fc.property(anySamples(diff), fc.nat(), (samples, any) => {
        const tree = treeOf(samples, diff);
        expect(rowsOf(tree, topTable(tree))).toEqual(expectedRows(samples, 'total'));

        const node = any % tree.size;
        const path = stackOf(tree, node).slice(1);
        const below = samples
          .filter(({ stack }) => path.every((frame, i) => stack[i] === frame))
          .map((sample) => ({ ...sample, stack: sample.stack.slice(path.length) }));
        expect(rowsOf(tree, topTable(tree, node))).toEqual(expectedRows(below, path[path.length - 1] ?? 'total'));
      }),
      { numRuns: 1000 }
    );
  });

  it('counts the nodes of a function', () => {
    const tree = treeOf([
      { stack: ['a', 'b', 'a'], left: 1, right: 0 },
      { stack: ['b'], left: 1, right: 0 },
    ]);
    const table = topTable(tree);
    expect(Array.from(table.label, (l, row) => [tree.labels[l], table.nodes[row]])).toEqual([
      ['total', 1],
      ['a', 2],
      ['b', 2],
    ]);
  });
});

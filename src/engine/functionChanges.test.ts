import * as fc from 'fast-check';
import { changeKind } from './change';
import { functionChanges } from './functionChanges';
import { findRemainders } from './remainder';
import { anySamples, type Sample } from './testing/samples';
import { treeOf } from './testing/trees';
import { topTable } from './topTable';
import { stackOf } from './traverse';

function changesOf(samples: Sample[]) {
  const tree = treeOf(samples, true);
  const table = topTable(tree);
  const kinds = functionChanges(tree, table, findRemainders(tree).nodes);
  return Object.fromEntries(kinds.map((kind, row) => [tree.labels[table.label[row]], kind]));
}

describe('functionChanges', () => {
  it('does not call new or gone what the other side may have cut off', () => {
    const changes = changesOf([
      { stack: ['a', 'b'], left: 0, right: 5 },
      { stack: ['a', 'other'], left: 6, right: 0 },
      { stack: ['c', 'd'], left: 0, right: 5 },
      { stack: ['c', 'e'], left: 7, right: 0 },
      { stack: ['c', 'f'], left: 7, right: 8 },
    ]);
    expect(changes).toMatchObject({ b: 'cut off', d: 'new', e: 'gone', f: 'grew' });
  });

  it('is by all stacks of a function what remainders beside them allow, each counted once', () => {
    fc.assert(
      fc.property(anySamples(true), (any) => {
        const samples = any.map((sample, at) =>
          at % 3 === 0 ? { ...sample, stack: [...sample.stack.slice(0, -1), 'other'] } : sample
        );
        const tree = treeOf(samples, true);
        const table = topTable(tree);
        const { nodes } = findRemainders(tree);
        const kinds = functionChanges(tree, table, nodes);
        const all = Array.from(tree.label, (_, node) => node);
        for (let row = 0; row < table.size; row++) {
          const name = tree.labels[table.label[row]];
          const callers = new Set(
            all
              .filter((node) => node > 0 && tree.label[node] === table.label[row])
              .flatMap((node) => {
                const stack = stackOf(tree, node);
                return stack.slice(0, -1).map((_, depth) => stack.slice(0, depth + 1).join('>'));
              })
          );
          const beside = [...nodes].filter(
            (node) => tree.labels[tree.label[node]] !== name && callers.has(stackOf(tree, tree.parent[node]).join('>'))
          );
          const right = beside.reduce((sum, node) => sum + tree.diff!.totalRight[node], 0);
          const both = beside.reduce((sum, node) => sum + tree.end[node] - tree.start[node], 0);
          const own = table.diff!.totalRight[row];
          const expected = changeKind(table.total[row] - own, own, { left: both - right, right });
          if (name !== 'other') {
            expect([name, kinds[row]]).toEqual([name, expected]);
          }
        }
      }),
      { numRuns: 400 }
    );
  });
});

import * as fc from 'fast-check';

import { callEdges } from '../../engine/report/callGraph';
import { anySamples, type Sample } from '../../engine/testing/samples';
import { treeOf } from '../../engine/testing/trees';
import { topTable } from '../../engine/topTable';

import { callsOf, pivotRow } from './calls';

/** What stacks with a call cost, by the other function of the call; slow and simple. */
function expected(samples: Sample[], pivot: string, side: 'callers' | 'callees'): Record<string, number[]> {
  const costs: Record<string, number[]> = {};
  for (const { stack, left, right } of samples) {
    const others = new Set<string>();
    for (let i = 1; i < stack.length; i++) {
      const [caller, callee] = [stack[i - 1], stack[i]];
      const [self, other] = side === 'callers' ? [callee, caller] : [caller, callee];
      if (self === pivot && other !== pivot) {
        others.add(other);
      }
    }
    for (const other of others) {
      costs[other] = [(costs[other]?.[0] ?? 0) + left + right, (costs[other]?.[1] ?? 0) + right];
    }
  }
  return costs;
}

describe('callsOf', () => {
  it('adds up what stacks with the call cost', () => {
    fc.assert(
      fc.property(anySamples(true), fc.constantFrom('a', 'b', 'c'), (samples, pivot) => {
        const tree = treeOf(samples, true);
        const label = tree.labels.indexOf(pivot);
        const calls = callsOf(callEdges(tree), label);
        for (const side of ['callers', 'callees'] as const) {
          const found = calls[side].map((call) => [tree.labels[call.label], [call.total, call.totalRight]]);
          expect(Object.fromEntries(found)).toEqual(label < 0 ? {} : expected(samples, pivot, side));
          const totals = calls[side].map((call) => call.total);
          expect(totals).toEqual([...totals].sort((a, b) => b - a));
        }
      }),
      { numRuns: 500 }
    );
  });
});

describe('pivotRow', () => {
  const tree = treeOf([
    { stack: ['main', 'work'], left: 5, right: 0 },
    { stack: ['main'], left: 2, right: 0 },
  ]);
  const table = topTable(tree);
  const nameOf = (row: number | undefined) => row !== undefined && tree.labels[table.label[row]];

  it('is the named function, else the one with the largest self', () => {
    expect(nameOf(pivotRow(tree, table, 'main'))).toBe('main');
    expect(nameOf(pivotRow(tree, table, 'gone'))).toBe('work');
    expect(nameOf(pivotRow(tree, table, undefined))).toBe('work');
  });
});

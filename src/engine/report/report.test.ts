import * as fc from 'fast-check';
import type { CallTree } from '../callTree';
import { anySamples, type Sample } from '../testing/samples';
import { chainsOf, treeOf } from '../testing/trees';
import { contains, levelOf, stackOf } from '../traverse';
import { ingest } from '../ingest/ingest';
import { callEdges, callGraph, neighbours, type CallEdges } from './callGraph';
import { heaviestStacks } from './heaviestStacks';
import { PairIndex } from './pairIndex';
import { nodeStatistics, rangeStatistics } from './selection';

const RUNS = { numRuns: 700 };

function edgesOf(tree: CallTree, edges: CallEdges) {
  const rows: Record<string, number[]> = {};
  for (let e = 0; e < edges.size; e++) {
    const right = edges.totalRight?.[e] ?? 0;
    const name = `${tree.labels[edges.caller[e]]}>${tree.labels[edges.callee[e]]}`;
    rows[name] = [edges.total[e] - right, right, edges.indirect[e]];
  }
  return rows;
}

function expectedEdges(samples: Sample[], shown: (name: string) => boolean) {
  const rows: Record<string, number[]> = {};
  for (const { stack, left, right } of samples) {
    const seen = new Set<string>();
    let caller = -1;
    stack.forEach((name, i) => {
      if (!shown(name)) {
        return;
      }
      if (caller >= 0 && stack[caller] !== name) {
        const edge = `${stack[caller]}>${name}`;
        const row = (rows[edge] ??= [0, 0, 0]);
        row[2] ||= caller === i - 1 ? 0 : 1;
        if (!seen.has(edge)) {
          seen.add(edge);
          row[0] += left;
          row[1] += right;
        }
      }
      caller = i;
    });
  }
  return rows;
}

describe('callEdges', () => {
  it('counts a call once a stack', () => {
    fc.assert(
      fc.property(anySamples(true), (samples) => {
        const tree = treeOf(samples, true);
        expect(edgesOf(tree, callEdges(tree))).toEqual(expectedEdges(samples, () => true));
        const shown = (name: string) => 'abd'.includes(name);
        const matches = Uint8Array.from(tree.labels, (name) => (shown(name) ? 1 : 0));
        expect(edgesOf(tree, callEdges(tree, matches))).toEqual(expectedEdges(samples, shown));
      }),
      RUNS
    );
  });

  it('numbers more pairs than it has room for at first', () => {
    const pairs = new PairIndex();
    for (let round = 0; round < 2; round++) {
      for (let k = 0; k < 5000; k++) {
        expect(pairs.of(k % 71, k)).toBe(k);
      }
    }
    expect(pairs.columns().second[4321]).toBe(4321);
  });
});

describe('callGraph', () => {
  const tree = treeOf([
    { stack: ['main', 'work', 'small', 'hash'], left: 60, right: 0 },
    { stack: ['main', 'work', 'hash'], left: 30, right: 0 },
    { stack: ['main', 'idle'], left: 9, right: 0 },
    { stack: ['main', 'rare'], left: 1, right: 0 },
  ]);
  const name = (l: number) => tree.labels[l];

  it('keeps the heaviest functions and joins what is left out', () => {
    const { functions, edges } = callGraph(tree, { maxFunctions: 3 });
    expect(functions.map(({ label, total }) => [name(label), total])).toEqual([
      ['main', 100],
      ['work', 90],
      ['hash', 90],
    ]);
    expect(edgesOf(tree, edges)).toEqual({ 'main>work': [90, 0, 0], 'work>hash': [90, 0, 1] });
  });

  it('leaves out small functions and small calls', () => {
    const { functions, edges } = callGraph(tree, { minShare: 0.05, minEdgeShare: 0.1 });
    expect(functions.map(({ label }) => name(label))).toEqual(['main', 'work', 'hash', 'small', 'idle']);
    expect(Object.keys(edgesOf(tree, edges))).not.toContain('main>idle');
  });

  it('tells the neighbours of a function, the heaviest first', () => {
    const edges = callEdges(tree);
    const { callers, callees } = neighbours(edges, tree.labels.indexOf('work'));
    expect(callers.map((e) => [name(edges.caller[e]), edges.total[e]])).toEqual([['main', 90]]);
    expect(callees.map((e) => [name(edges.callee[e]), edges.total[e]])).toEqual([
      ['small', 60],
      ['hash', 30],
    ]);
  });
});

describe('heaviestStacks', () => {
  it('lists stacks by their own value', () => {
    fc.assert(
      fc.property(anySamples(false), fc.nat(8), (samples, count) => {
        const tree = treeOf(samples);
        const values = [...tree.self].filter((value) => value > 0).sort((x, y) => y - x);
        const stacks = heaviestStacks(tree, count);
        expect(stacks.map((i) => tree.self[i])).toEqual(values.slice(0, count));
        expect(new Set(stacks).size).toBe(stacks.length);
      }),
      RUNS
    );
  });

  it('keeps to stacks with a function', () => {
    fc.assert(
      fc.property(anySamples(false), fc.constantFrom('a', 'b', 'c'), (samples, name) => {
        const tree = treeOf(samples);
        const matches = Uint8Array.from(tree.labels, (label) => (label === name ? 1 : 0));
        const found = heaviestStacks(tree, tree.size, matches);
        expect(found).toEqual(heaviestStacks(tree, tree.size).filter((node) => stackOf(tree, node).includes(name)));
      }),
      RUNS
    );
  });
});

describe('nodeStatistics', () => {
  it('counts nothing twice', () => {
    fc.assert(
      fc.property(anySamples(true), fc.array(fc.nat(), { maxLength: 4 }), (samples, any) => {
        const tree = treeOf(samples, true);
        const nodes = any.map((seed) => seed % tree.size);
        const paths = nodes.map((node) => stackOf(tree, node).slice(1));
        const within = samples.filter(({ stack }) =>
          paths.some((path) => path.every((frame, i) => stack[i] === frame))
        );
        const left = within.reduce((sum, sample) => sum + sample.left, 0);
        const right = within.reduce((sum, sample) => sum + sample.right, 0);
        const below = Array.from(tree.self, (_, i) => i).filter((i) => nodes.some((node) => contains(tree, node, i)));
        const levels = [...below, ...nodes].map((i) => levelOf(tree, i));
        const found = nodeStatistics(tree, nodes);
        expect(found).toMatchObject({
          total: left + right,
          totalRight: right,
          nodes: below.length,
          functions: new Set(below.map((i) => tree.label[i])).size,
          levels: nodes.length === 0 ? 0 : Math.max(...levels) - Math.min(...levels) + 1,
        });
        expect(found.share).toBeCloseTo(tree.end[0] > 0 ? found.total / tree.end[0] : 0);
        const selfOf = (l: number) =>
          below.filter((i) => tree.label[i] === l).reduce((sum, i) => sum + tree.self[i], 0);
        for (const { label, self } of found.hottest) {
          expect(self).toBe(selfOf(label));
        }
      }),
      RUNS
    );
  });
});

describe('rangeStatistics', () => {
  it('adds up what is inside, parts of nodes included', () => {
    fc.assert(
      fc.property(anySamples(false), fc.nat(100), fc.nat(100), (samples, a, b) => {
        const tree = ingest(chainsOf(samples));
        const whole = tree.end[0];
        const from = (Math.min(a, b) / 100) * whole;
        const to = (Math.max(a, b) / 100) * whole;
        const found = rangeStatistics(tree, from, to);
        const nodes = Array.from(tree.self, (_, i) => i);
        const inside = (i: number) => Math.max(0, Math.min(tree.end[i], to) - Math.max(tree.start[i], from));
        const own = (i: number) =>
          nodes.filter((c) => c > 0 && tree.parent[c] === i).reduce((rest, c) => rest - inside(c), inside(i));
        expect(found.total).toBeCloseTo(to - from);
        expect(found.hottest.reduce((sum, { self }) => sum + self, 0)).toBeLessThanOrEqual(found.total + 1e-6);
        for (const { label, self } of found.hottest) {
          const expected = nodes.filter((i) => tree.label[i] === label).reduce((sum, i) => sum + own(i), 0);
          expect(self).toBeCloseTo(expected);
        }
      }),
      { numRuns: 300 }
    );
  });

  it('has nothing in an empty range', () => {
    const tree = treeOf([{ stack: ['a'], left: 5, right: 0 }]);
    expect(rangeStatistics(tree, 4, 2)).toMatchObject({ total: 0, nodes: 0, functions: 0, levels: 0, hottest: [] });
    expect(rangeStatistics(tree, 1, 3)).toMatchObject({ total: 2, share: 0.4, nodes: 2, functions: 2, levels: 2 });
  });
});

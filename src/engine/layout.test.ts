import * as fc from 'fast-check';
import { ingest } from './ingest/ingest';
import { endVisible, firstVisible, runEnd } from './layout';
import { hitTest } from './hitTest';
import { anySamples } from './testing/samples';
import { chainsOf } from './testing/trees';
import { levelCount, levelOf } from './traverse';

const RUNS = { numRuns: 1000 };

/** A tree, a level of it and two positions, now and then on the edges of nodes. */
const view = fc
  .tuple(anySamples(false), fc.nat(), fc.nat(), fc.nat(), fc.boolean())
  .map(([samples, any, left, right, onEdges]) => {
    const tree = ingest(chainsOf(samples));
    const level = any % levelCount(tree);
    const whole = tree.end[0];
    const place = (seed: number) => (onEdges ? tree.start[seed % tree.size] : (seed % 1009) * (whole / 1000) - 1);
    const [from, to] = [place(left), place(right)].sort((a, b) => a - b);
    const nodes = Array.from({ length: tree.size }, (_, i) => i).filter((i) => levelOf(tree, i) === level);
    return { tree, level, nodes, from, to };
  });

describe('layout', () => {
  it('finds what is in view', () => {
    fc.assert(
      fc.property(view, ({ tree, level, nodes, from, to }) => {
        const first = firstVisible(tree, level, from);
        const end = endVisible(tree, level, to);
        const seen = nodes.filter((i) => tree.end[i] > from && tree.start[i] < to);
        const found = nodes.filter((i) => i >= first && i < end && tree.end[i] > from && tree.start[i] < to);
        expect(found).toEqual(seen);
        // Beyond those only nodes without width can be in the range.
        expect(nodes.filter((i) => i >= first && i < end && tree.end[i] > tree.start[i])).toEqual(
          seen.filter((i) => tree.end[i] > tree.start[i])
        );
      }),
      RUNS
    );
  });

  it('ends a run of small nodes at the edge', () => {
    fc.assert(
      fc.property(view, ({ tree, nodes, from, to }) => {
        for (const node of nodes.filter((i) => tree.start[i] >= from)) {
          const end = nodes[nodes.length - 1] + 1;
          const expected = nodes.find((i) => i >= node && tree.end[i] > to) ?? end;
          expect(runEnd(tree, node, end, to)).toBe(expected);
        }
      }),
      RUNS
    );
  });
});

describe('hitTest', () => {
  it('finds the node at a position', () => {
    fc.assert(
      fc.property(view, ({ tree, level, nodes, from }) => {
        const node = nodes.find((i) => tree.start[i] <= from && from < tree.end[i]);
        expect(hitTest(tree, level, from)).toEqual(node === undefined ? undefined : { node, count: 1 });
      }),
      RUNS
    );
  });

  it('finds what shares a pixel', () => {
    fc.assert(
      fc.property(view, ({ tree, level, nodes, from, to }) => {
        const pixel = to - from;
        fc.pre(pixel > 0);
        const wide = (i: number) => tree.end[i] - tree.start[i] >= pixel;
        const within = nodes.filter((i) => tree.end[i] > from && tree.start[i] < to && tree.end[i] > tree.start[i]);
        const small = within.filter((i) => !wide(i));
        const middle = within.find(
          (i) => wide(i) && tree.start[i] <= from + pixel / 2 && from + pixel / 2 < tree.end[i]
        );
        const touching = nodes.filter((i) => tree.end[i] >= from && tree.start[i] < to);
        const hit = hitTest(tree, level, from, pixel);
        if (hit === undefined) {
          expect(within).toEqual([]);
        } else if (middle !== undefined) {
          expect(hit).toEqual({ node: middle, count: 1 });
        } else if (small.length > 0) {
          const run = nodes.filter((i) => i >= hit.node && i < hit.node + hit.count);
          expect(run).toEqual(expect.arrayContaining(small));
          expect(run.filter(wide)).toEqual([]);
        } else {
          expect(touching).toContain(hit.node);
        }
      }),
      RUNS
    );
  });

  it('knows nothing outside of the levels', () => {
    const tree = ingest({ level: [0], value: [1], label: ['total'] });
    expect(hitTest(tree, 1, 0)).toBeUndefined();
    expect(hitTest(tree, -1, 0)).toBeUndefined();
    expect(hitTest(tree, NaN, 0)).toBeUndefined();
    expect(hitTest(tree, 0, 1)).toBeUndefined();
  });
});

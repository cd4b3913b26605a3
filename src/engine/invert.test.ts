import { callees } from './callees';
import { callers, invert } from './invert';
import { faults, treeOf } from './testing/trees';
import { stackOf, total } from './traverse';
import { ingest } from './ingest/ingest';

const sample = (path: string, left: number) => ({ stack: path.split('>'), left, right: 0 });

describe('invert', () => {
  const tree = treeOf([sample('main>a>hash', 60), sample('main>b>hash', 39), sample('main>rare>tiny', 1)]);

  it('puts what is hottest first', () => {
    const inverted = invert(tree).tree;
    const stacks = Array.from(inverted.label, (_, i) => `${stackOf(inverted, i).join('<')} ${total(inverted, i)}`);
    expect(stacks).toEqual([
      'total 100',
      'total<hash 99',
      'total<tiny 1',
      'total<hash<a 60',
      'total<hash<b 39',
      'total<tiny<rare 1',
      'total<hash<a<main 60',
      'total<hash<b<main 39',
      'total<tiny<rare<main 1',
    ]);
  });

  it('leaves small nodes unexpanded and says which', () => {
    const { tree: inverted, truncated } = invert(tree, { minShare: 0.05 });
    expect(faults(inverted)).toEqual([]);
    const cut = Array.from(inverted.label, (_, i) => i).filter((i) => truncated[i] === 1);
    expect(cut.map((i) => stackOf(inverted, i).join('<'))).toEqual(['total<tiny']);
    expect(total(inverted, 0)).toBe(100);
  });

  it('stops at a number of nodes, and can be asked for the rest', () => {
    const { tree: inverted, truncated } = invert(tree, { maxNodes: 3 });
    expect(faults(inverted)).toEqual([]);
    expect([...truncated]).toEqual([0, 1, 1]);
    const rest = invert(tree, { path: ['hash'] }).tree;
    expect(stackOf(rest, rest.size - 1)).toEqual(['hash', 'b', 'main']);
  });

  it('has an answer for a path that does not exist', () => {
    expect(invert(tree, { path: ['hash', 'nothing'] }).tree.size).toBe(1);
  });
});

describe('callers and callees', () => {
  it('say when there is no such function', () => {
    const tree = treeOf([sample('a', 1)]);
    expect(() => callers(tree, 2)).toThrow(RangeError);
    expect(() => callees(tree, -1)).toThrow('There is no function -1 in this profile');
  });

  it('manage a stack of 10,000 levels of recursion', () => {
    const level = Array.from({ length: 10_001 }, (_, row) => row);
    const tree = ingest({
      level,
      value: level.map((row) => 10_001 - row),
      label: level.map((row) => (row === 0 ? 'total' : row % 2 ? 'f' : 'g')),
    });
    expect(callees(tree, tree.labels.indexOf('f')).levelOffsets.length).toBe(10_001);
    expect(callers(tree, tree.labels.indexOf('g')).tree.size).toBe(2);
    const inverted = invert(tree);
    expect(faults(inverted.tree)).toEqual([]);
    expect(total(inverted.tree, 0)).toBe(10_001);
  });
});

import { ingest } from './ingest';

describe('ingest', () => {
  it('numbers nodes in level order', () => {
    const tree = ingest({
      level: [0, 1, 2, 1, 2, 3],
      value: [10, 4, 3, 6, 5, 5],
      self: [0, 1, 3, 1, 0, 5],
      label: ['total', 'a', 'b', 'c', 'a', 'd'],
    });
    expect(tree.labels).toEqual(['total', 'a', 'b', 'c', 'd']);
    expect([...tree.levelOffsets]).toEqual([0, 1, 3, 5, 6]);
    expect([...tree.label]).toEqual([0, 1, 3, 2, 1, 4]);
    expect([...tree.start]).toEqual([0, 0, 4, 0, 4, 4]);
    expect([...tree.end]).toEqual([10, 4, 10, 3, 9, 9]);
    expect([...tree.self]).toEqual([0, 1, 1, 3, 0, 5]);
    expect([...tree.parent]).toEqual([0, 0, 0, 1, 2, 4]);
    expect([...tree.childStart]).toEqual([1, 3, 4, 5, 5, 6, 6]);
    expect([...tree.depthFirst]).toEqual([0, 1, 3, 2, 4, 5]);
    expect([...tree.subtreeEnd]).toEqual([6, 3, 6, 3, 6, 6]);
  });

  it('puts a root above several rows of level 0', () => {
    const tree = ingest({ level: [0, 1, 0], value: [3, 2, 4], self: [1, 2, 4], label: ['a', 'b', 'c'] });
    expect(tree.labels[tree.label[0]]).toBe('total');
    expect([...tree.end]).toEqual([7, 3, 7, 2]);
    expect([...tree.self]).toEqual([0, 1, 4, 2]);
    expect([...tree.parent]).toEqual([0, 0, 0, 1]);
    expect([...tree.subtreeEnd]).toEqual([4, 3, 4, 3]);
    expect([...tree.childStart]).toEqual([1, 3, 4, 4, 4]);
  });
});

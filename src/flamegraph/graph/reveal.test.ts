import { treeOf } from '../../engine/testing/trees';

import { windowToSee } from './reveal';

// a: 0..1, b: 1..1000
const tree = treeOf([
  { stack: ['b'], left: 999, right: 0 },
  { stack: ['a'], left: 1, right: 0 },
]);
const nodeOf = (name: string) => tree.label.indexOf(tree.labels.indexOf(name));
const whole = { left: 0, right: 1000 };

describe('windowToSee', () => {
  it('is none for what can be seen', () => {
    expect(windowToSee(tree, nodeOf('b'), whole, 500)).toBeUndefined();
    expect(windowToSee(tree, nodeOf('b'), { left: 900, right: 950 }, 500)).toBeUndefined();
  });

  it('is none while there is no picture', () => {
    expect(windowToSee(tree, nodeOf('a'), whole, 0)).toBeUndefined();
  });

  it('moves to a node beside the window without zooming', () => {
    const a = nodeOf('a');
    const window = windowToSee(
      tree,
      a,
      { left: tree.start[a] === 0 ? 2 : 0, right: tree.start[a] === 0 ? 12 : 10 },
      500
    )!;
    expect(window.right - window.left).toBe(10);
    expect((window.left + window.right) / 2).toBe((tree.start[a] + tree.end[a]) / 2);
  });

  it('zooms to a node too narrow to be seen', () => {
    const window = windowToSee(tree, nodeOf('a'), whole, 500)!;
    expect(window.right - window.left).toBe(20);
  });
});

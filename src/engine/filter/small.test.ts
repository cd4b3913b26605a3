import * as fc from 'fast-check';
import { anySamples, line, toTree, type Node } from '../testing/samples';
import { faults, linesOfTree, treeOf } from '../testing/trees';
import { collapseSmall, SMALL_FRAMES } from './small';

function expectedLines(root: Node, minShare: number): string[] {
  const limit = minShare * (root.left + root.right);
  const lines: string[] = [];
  const visit = (node: Node, path: string) => {
    const here = `${path}/${node.name}`;
    lines.push(line(here, node.left, node.right, node.selfLeft, node.selfRight));
    const children = [...node.children.values()];
    const small = children.filter(({ left, right }) => left + right < limit);
    children.filter((child) => !small.includes(child)).forEach((child) => visit(child, here));
    if (small.length > 0) {
      const left = small.reduce((sum, child) => sum + child.left, 0);
      const right = small.reduce((sum, child) => sum + child.right, 0);
      lines.push(line(`${here}/${SMALL_FRAMES}`, left, right, left, right));
    }
  };
  visit(root, '');
  return lines.sort();
}

describe('collapseSmall', () => {
  it('puts small siblings into one leaf', () => {
    fc.assert(
      fc.property(anySamples(true), fc.double({ min: 0, max: 1, noNaN: true }), (samples, minShare) => {
        const tree = collapseSmall(treeOf(samples, true), minShare);
        expect(faults(tree)).toEqual([]);
        expect(linesOfTree(tree)).toEqual(expectedLines(toTree(samples), minShare));
      }),
      { numRuns: 1000 }
    );
  });
});

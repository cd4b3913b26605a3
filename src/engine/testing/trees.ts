import type { CallTree } from '../callTree';
import type { FlameColumns } from '../ingest/columns';
import { ingest } from '../ingest/ingest';
import { stackOf } from '../traverse';
import { line, toTree, type Node, type Sample } from './samples';

/** A profile as the frames of a data source: depth-first rows. */
export function columnsOf(samples: Sample[], diff: boolean): FlameColumns {
  const level: number[] = [];
  const label: string[] = [];
  const value: number[] = [];
  const self: number[] = [];
  const valueRight: number[] = [];
  const selfRight: number[] = [];
  const visit = (node: Node, depth: number) => {
    level.push(depth);
    label.push(node.name);
    value.push(node.left);
    self.push(node.selfLeft);
    valueRight.push(node.right);
    selfRight.push(node.selfRight);
    for (const child of node.children.values()) {
      visit(child, depth + 1);
    }
  };
  visit(toTree(samples), 0);
  return { level, label, value, self, ...(diff && { valueRight, selfRight }) };
}

/** A profile with a stack of its own for each sample: same-name siblings abound. Totals are those of the samples. */
export function chainsOf(samples: Sample[]): FlameColumns {
  const whole = toTree(samples);
  const rows = [{ level: 0, label: 'total', ...whole }];
  for (const { stack, left, right } of samples) {
    const last = stack.length - 1;
    stack.forEach((label, i) =>
      rows.push({
        ...whole,
        level: i + 1,
        label,
        left,
        right,
        selfLeft: i === last ? left : 0,
        selfRight: i === last ? right : 0,
      })
    );
  }
  return {
    level: rows.map((row) => row.level),
    label: rows.map((row) => row.label),
    value: rows.map((row) => row.left),
    self: rows.map((row) => row.selfLeft),
    valueRight: rows.map((row) => row.right),
    selfRight: rows.map((row) => row.selfRight),
  };
}

export function treeOf(samples: Sample[], diff = false): CallTree {
  return ingest(columnsOf(samples, diff));
}

/** The tree in the words of linesOf, to compare it with the plain implementation. */
export function linesOfTree(tree: CallTree): string[] {
  return Array.from({ length: tree.size }, (_, i) => {
    const right = tree.diff?.totalRight[i] ?? 0;
    const selfRight = tree.diff?.selfRight[i] ?? 0;
    const both = tree.end[i] - tree.start[i];
    return line('/' + stackOf(tree, i).join('/'), both - right, right, tree.self[i] - selfRight, selfRight);
  }).sort();
}

/** Everything that must hold for any tree, whatever made it. Returns what does not, in words. */
export function faults(tree: CallTree): string[] {
  const found: string[] = [];
  const expect = (holds: boolean, what: string) => holds || found.push(what);
  const { size, levelOffsets, start, end, self, label, parent, childStart, depthFirst, subtreeEnd, diff } = tree;
  const levels = levelOffsets.length - 1;
  expect(levelOffsets[0] === 0 && levelOffsets[1] === 1 && levelOffsets[levels] === size, 'level offsets');
  expect(new Set(tree.labels).size === tree.labels.length, 'labels are unique');
  expect(parent[0] === 0 && start[0] === 0 && depthFirst[0] === 0 && subtreeEnd[0] === size, 'root');
  expect(childStart.length === size + 1 && childStart[size] === size, 'childStart ends with the size');
  for (const column of [start, end, self, label, parent, depthFirst, subtreeEnd]) {
    expect(column.length === size, 'columns are of one length');
  }
  expect(new Set(depthFirst).size === size, 'depth-first positions are unique');
  for (let level = 0; level < levels; level++) {
    expect(levelOffsets[level] < levelOffsets[level + 1], `level ${level} has nodes`);
    for (let i = levelOffsets[level]; i < levelOffsets[level + 1]; i++) {
      expect(label[i] < tree.labels.length, `label of ${i}`);
      expect(end[i] >= start[i], `width of ${i}`);
      if (i > 0) {
        expect(parent[i] >= levelOffsets[level - 1] && parent[i] < levelOffsets[level], `parent of ${i} is a level up`);
        expect(start[i] >= start[parent[i]] && end[i] <= end[parent[i]], `${i} is above its caller`);
      }
      if (i > levelOffsets[level]) {
        expect(start[i] >= end[i - 1], `${i} begins after its neighbour`);
      }
      let total = self[i];
      let right = diff?.selfRight[i] ?? 0;
      let after = depthFirst[i] + 1;
      for (let child = childStart[i]; child < childStart[i + 1]; child++) {
        expect(parent[child] === i, `parent of ${child}`);
        expect(depthFirst[child] === after, `depth-first position of ${child}`);
        after = subtreeEnd[child];
        total += end[child] - start[child];
        right += diff?.totalRight[child] ?? 0;
      }
      expect(subtreeEnd[i] === after, `subtree end of ${i}`);
      expect(Math.abs(total - (end[i] - start[i])) <= total * 1e-9, `total of ${i}`);
      expect(Math.abs(right - (diff?.totalRight[i] ?? 0)) <= right * 1e-9, `comparison total of ${i}`);
    }
  }
  return found;
}

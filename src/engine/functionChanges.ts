import type { CallTree } from './callTree';
import { changeKind, type ChangeKind } from './change';
import { remainderAmong } from './remainder';
import type { TopTable } from './topTable';

/**
 * What became of each function of a diff, by row of its top table. One that only one side has is 'cut off' when what the
 * other side's server left out beside the function's stacks is large enough to hold it.
 *
 * @param remainders nodes that stand for what was left out, in level order (findRemainders)
 */
export function functionChanges(tree: CallTree, table: TopTable, remainders: Uint32Array): ChangeKind[] {
  const { total, diff, size } = table;
  const sides = (row: number): [number, number] => {
    const right = diff ? diff.totalRight[row] : 0;
    return [total[row] - right, right];
  };
  const kinds = Array.from({ length: size }, (_, row) => changeKind(...sides(row)));
  if (remainders.length === 0) {
    return kinds;
  }
  const oneSided = (row: number) => kinds[row] === 'new' || kinds[row] === 'gone';
  const nodes = nodesByRow(tree, table, oneSided);
  // Callers that were looked at for a function: what was left out below them counts once.
  const seen = new Uint32Array(tree.size);
  for (let row = 0; row < size; row++) {
    if (oneSided(row)) {
      const hidden = hiddenBeside(tree, nodes[row], remainders, seen, row + 1);
      kinds[row] = changeKind(...sides(row), hidden);
    }
  }
  return kinds;
}

function nodesByRow({ label, labels }: CallTree, table: TopTable, wanted: (row: number) => boolean): number[][] {
  const rowOf = new Int32Array(labels.length).fill(-1);
  const nodes: number[][] = [];
  for (let row = 0; row < table.size; row++) {
    nodes.push([]);
    if (wanted(row)) {
      rowOf[table.label[row]] = row;
    }
  }
  for (let i = 0; i < label.length; i++) {
    if (rowOf[label[i]] >= 0) {
      nodes[rowOf[label[i]]].push(i);
    }
  }
  return nodes;
}

function hiddenBeside(
  tree: CallTree,
  nodes: readonly number[],
  remainders: Uint32Array,
  seen: Uint32Array,
  mark: number
): { left: number; right: number } {
  const { parent, start, end, diff } = tree;
  const hidden = { left: 0, right: 0 };
  for (const node of nodes) {
    for (let i = node; i !== 0 && seen[parent[i]] !== mark; i = parent[i]) {
      seen[parent[i]] = mark;
      const other = remainderAmong(tree, parent[i], remainders);
      if (other !== undefined && other !== node) {
        const right = diff ? diff.totalRight[other] : 0;
        hidden.right += right;
        hidden.left += end[other] - start[other] - right;
      }
    }
  }
  return hidden;
}

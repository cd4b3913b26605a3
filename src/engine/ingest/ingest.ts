import type { CallTree } from '../callTree';
import { LabelDictionary } from '../labelDictionary';
import { rememberNested } from '../nested';
import { runNow, type Steps } from '../steps';
import { checkColumns } from './checkColumns';
import type { FlameColumns } from './columns';
import { labelReader, type LabelReader } from './labels';
import { readLevels } from './levels';
import { settleSelf } from './settle';
import { valueError } from './ingestError';

/** Name of the root that is put above several rows of level 0. */
export const SYNTHETIC_ROOT = 'total';

/** Rows handled between two looks at the clock: a few milliseconds. */
const BATCH = 1 << 16;

/**
 * Reads a flame graph into a call tree: no recursion, no object per node.
 *
 * Several rows of level 0 get a common root named 'total'. Self is what the children leave of the total: a self column
 * that says less leaves a gap, which is counted as self. Totals and positions are kept as doubles: whole numbers are
 * exact up to 2^53.
 *
 * @throws IngestError with the row and the cause when the columns are not a flame graph.
 */
export function ingest(columns: FlameColumns): CallTree {
  return runNow(ingestSteps(columns));
}

export function* ingestSteps(columns: FlameColumns): Steps<CallTree> {
  checkColumns(columns);
  const reading = new Reading(columns);
  while (!reading.advance(BATCH)) {
    yield reading.done();
  }
  return reading.result();
}

/**
 * Rows come depth-first, so the nodes of each level come from left to right: a cursor per level gives every row its
 * place in level order, and the children of a node stand side by side without further work.
 */
class Reading {
  private readonly rows: number;
  private readonly shift: 0 | 1;
  private readonly labelOf: LabelReader;
  private readonly tree: CallTree;
  /** Per level: the next node, and where it starts. */
  private readonly next: Uint32Array;
  private readonly position: Float64Array;
  /** Per level the label of the open frame, and per label how many frames of it are open: that is how recursion shows. */
  private readonly openLabel: Uint32Array;
  private readonly openCount: number[] = [];
  private open = 0;
  private readonly nested: Uint8Array;
  private row = 0;

  constructor(private readonly columns: FlameColumns) {
    const { offsets, shift } = readLevels(columns.level);
    this.rows = columns.level.length;
    this.shift = shift;
    const dictionary = new LabelDictionary();
    this.labelOf = labelReader(columns.label, dictionary);
    const size = this.rows + shift;
    this.tree = emptyTree(size, offsets, dictionary.labels, columns.valueRight !== undefined);
    this.next = offsets.slice();
    this.position = new Float64Array(offsets.length + 1);
    this.openLabel = new Uint32Array(offsets.length);
    this.nested = new Uint8Array(size);
    if (shift) {
      const label = dictionary.of(SYNTHETIC_ROOT);
      this.tree.label[0] = label;
      this.tree.childStart[0] = 1;
      this.next[0] = 1;
      this.openLabel[0] = label;
      this.openCount[label] = 1;
      this.open = 1;
    }
  }

  done(): number {
    return this.row / this.rows;
  }

  /** Places up to `count` rows; true when none is left. */
  advance(count: number): boolean {
    const { columns, labelOf, shift, next, position, nested, openLabel, openCount } = this;
    const { level, value, self, valueRight, selfRight } = columns;
    const { start, end, label, parent, childStart, depthFirst, self: selfOf, diff } = this.tree;
    const until = Math.min(this.row + count, this.rows);
    let open = this.open;
    for (let row = this.row; row < until; row++) {
      const l = level[row] + shift;
      while (open > l) {
        openCount[openLabel[--open]]--;
      }
      const left = value[row];
      const right = valueRight !== undefined ? valueRight[row] : 0;
      if (!(left >= 0 && right >= 0 && left + right < Infinity) || typeof left !== 'number') {
        throw valueError(columns, row);
      }
      const name = labelOf(row);
      const i = next[l]++;
      if (openCount[name] > 0) {
        nested[i] = 1;
        openCount[name]++;
      } else {
        openCount[name] = 1;
      }
      openLabel[open++] = name;
      const from = position[l];
      const to = from + left + right;
      start[i] = from;
      end[i] = to;
      position[l] = to;
      position[l + 1] = from;
      label[i] = name;
      parent[i] = l === 0 ? 0 : next[l - 1] - 1;
      childStart[i] = next[l + 1];
      depthFirst[i] = row + shift;
      selfOf[i] = self !== undefined ? self[row] : -1;
      if (diff) {
        diff.totalRight[i] = right;
        diff.selfRight[i] = selfRight !== undefined ? selfRight[row] : -1;
      }
    }
    this.open = open;
    this.row = until;
    return until === this.rows;
  }

  result(): CallTree {
    const { tree, shift } = this;
    tree.childStart[tree.size] = tree.size;
    if (shift) {
      tree.end[0] = this.position[1];
    }
    endSubtrees(tree);
    settleSelf(tree, this.columns, shift);
    rememberNested(tree, this.nested);
    return tree;
  }
}

function emptyTree(size: number, levelOffsets: Uint32Array, labels: string[], diff: boolean): CallTree {
  return {
    labels,
    size,
    levelOffsets,
    start: new Float64Array(size),
    end: new Float64Array(size),
    self: new Float64Array(size),
    label: new Uint32Array(size),
    parent: new Uint32Array(size),
    childStart: new Uint32Array(size + 1),
    depthFirst: new Uint32Array(size),
    subtreeEnd: new Uint32Array(size),
    ...(diff && { diff: { totalRight: new Float64Array(size), selfRight: new Float64Array(size) } }),
  };
}

/** A subtree ends where the next sibling begins; the last child's with its caller's. */
function endSubtrees({ size, parent, childStart, depthFirst, subtreeEnd }: CallTree) {
  subtreeEnd[0] = size;
  for (let i = 1; i < size; i++) {
    const p = parent[i];
    subtreeEnd[i] = i + 1 < childStart[p + 1] ? depthFirst[i + 1] : subtreeEnd[p];
  }
}

import type { CallTree } from '../callTree';
import type { FlameColumns } from './columns';
import { IngestError } from './ingestError';
import { labelReader } from './labels';
import { readLevels } from './levels';
import { slack } from './tolerance';

/** Name of the root that is put above several rows of level 0. */
export const SYNTHETIC_ROOT = 'total';

/** Indices are 32-bit; the largest one marks 'none'. */
const MAX_NODES = 2 ** 32 - 2;

/**
 * Reads a flame graph into a call tree: one pass, no recursion, no object per node.
 *
 * Several rows of level 0 get a common root named 'total'. Self is what the children leave of the total: a self column
 * that says less leaves a gap, which is counted as self. Totals and positions are kept as doubles: whole numbers are
 * exact up to 2^53.
 *
 * @throws IngestError with the row and the cause when the columns are not a flame graph.
 */
export function ingest(columns: FlameColumns): CallTree {
  checkColumns(columns);
  const { level, value, self, valueRight, selfRight } = columns;
  const { offsets, shift } = readLevels(level);
  const rows = level.length;
  const size = rows + shift;
  const levels = offsets.length - 1;
  const names = labelReader(columns.label);

  const start = new Float64Array(size);
  const end = new Float64Array(size);
  const selfOf = new Float64Array(size);
  const label = new Uint32Array(size);
  const parent = new Uint32Array(size);
  const childStart = new Uint32Array(size + 1);
  const depthFirst = new Uint32Array(size);
  const subtreeEnd = new Uint32Array(size);
  const totalRight = new Float64Array(valueRight ? size : 0);
  const selfRightOf = new Float64Array(valueRight ? size : 0);

  // Per level: the next node, where it starts, and what the comparison's siblings add up to so far.
  const next = offsets.slice();
  const position = new Float64Array(levels + 1);
  const sumRight = new Float64Array(levels + 1);
  let overlaps = false;

  /** Ends node i of level l: its self and what it spans are known when the first row outside of it is reached. */
  function close(i: number, l: number, after: number) {
    subtreeEnd[i] = after;
    const children = next[l + 1] - childStart[i];
    const total = end[i] - start[i];
    const sum = position[l + 1] - start[i];
    const row = depthFirst[i] - shift;
    const given = row < 0 ? 0 : self ? self[row] + (selfRight ? selfRight[row] : 0) : undefined;
    selfOf[i] = checkedSelf(total, sum, given, children, end[i], row);
    overlaps = overlaps || position[l + 1] > end[i];
    if (valueRight) {
      const givenRight = row < 0 ? 0 : selfRight?.[row];
      selfRightOf[i] = checkedSelf(totalRight[i], sumRight[l + 1], givenRight, children, end[i], row);
    }
  }

  if (shift) {
    const root = names.add(SYNTHETIC_ROOT);
    label[0] = root;
    childStart[0] = 1;
    next[0] = 1;
  }

  let open = shift;
  for (let row = 0; row < rows; row++) {
    const l = level[row] + shift;
    const d = row + shift;
    for (; open > l; open--) {
      close(next[open - 1] - 1, open - 1, d);
    }
    open = l + 1;

    const left = value[row];
    const right = valueRight ? valueRight[row] : 0;
    if (!(left >= 0 && right >= 0 && left + right < Infinity) || typeof left !== 'number') {
      throw valueError(columns, row);
    }
    const i = next[l]++;
    const from = position[l];
    start[i] = from;
    end[i] = from + left + right;
    position[l] = end[i];
    position[l + 1] = from;
    label[i] = names.read(row);
    parent[i] = l === 0 ? 0 : next[l - 1] - 1;
    childStart[i] = next[l + 1];
    depthFirst[i] = d;
    if (valueRight) {
      totalRight[i] = right;
      sumRight[l] += right;
      sumRight[l + 1] = 0;
    }
  }
  for (; open > shift; open--) {
    close(next[open - 1] - 1, open - 1, size);
  }
  childStart[size] = size;
  if (shift) {
    end[0] = position[1];
    totalRight.fill(sumRight[1], 0, 1);
    close(0, 0, size);
  }
  if (overlaps) {
    keepInside(start, end, parent);
  }

  const diff = valueRight ? { totalRight, selfRight: selfRightOf } : undefined;
  return {
    labels: names.labels,
    size,
    levelOffsets: offsets,
    start,
    end,
    self: selfOf,
    label,
    parent,
    childStart,
    depthFirst,
    subtreeEnd,
    ...(diff && { diff }),
  };
}

function checkColumns(columns: FlameColumns) {
  const rows = columns.level.length;
  if (rows === 0) {
    throw new IngestError('empty', 'The flame graph has no rows: nothing was profiled in this range.');
  }
  if (rows > MAX_NODES) {
    throw new IngestError('too-many-rows', `The flame graph has ${rows} rows; at most ${MAX_NODES} can be shown.`);
  }
  const label = 'index' in columns.label ? columns.label.index : columns.label;
  const others = { ...columns, label };
  for (const name of ['value', 'self', 'label', 'valueRight', 'selfRight'] as const) {
    const length = others[name]?.length;
    if (length !== undefined && length !== rows) {
      throw new IngestError(
        'columns',
        `Column ${name} has ${length} rows, but column level has ${rows}. All columns must be of one length.`
      );
    }
  }
  if (columns.selfRight && !columns.valueRight) {
    throw new IngestError('columns', 'Column selfRight is there without valueRight. A diff needs both.');
  }
  if (columns.valueRight && columns.self && !columns.selfRight) {
    throw new IngestError('columns', 'Column valueRight is there without selfRight. A diff needs both.');
  }
}

/** What the children leave of the total; the given self where it agrees, so that rounding adds no dust. */
function checkedSelf(
  total: number,
  children: number,
  given: number | undefined,
  count: number,
  end: number,
  row: number
): number {
  const rest = total - children;
  if (given === rest) {
    return rest;
  }
  const tolerance = slack(total, children, count, end);
  if (rest < -tolerance) {
    throw new IngestError(
      'children',
      `Row ${row}: its children add up to ${children}, more than its total of ${total}. Totals must include the children.`,
      row
    );
  }
  if (given !== undefined) {
    if (!(given >= 0)) {
      throw new IngestError('value', `Row ${row}: self is ${String(given)}, but must be a number from 0.`, row);
    }
    if (given > total + tolerance) {
      throw new IngestError('self', `Row ${row}: self is ${given}, more than its total of ${total}.`, row);
    }
    if (given > rest + tolerance) {
      throw new IngestError(
        'children',
        `Row ${row}: self of ${given} and children of ${children} add up to more than its total of ${total}.`,
        row
      );
    }
    if (given >= rest - tolerance) {
      return given;
    }
  }
  return rest > 0 ? rest : 0;
}

function valueError(columns: FlameColumns, row: number): IngestError {
  const left: unknown = columns.value[row];
  const leftIsFine = typeof left === 'number' && left >= 0 && left < Infinity;
  const name = leftIsFine ? 'valueRight' : 'value';
  const found: unknown = leftIsFine ? columns.valueRight?.[row] : left;
  return new IngestError('value', `Row ${row}: ${name} is ${String(found)}, but must be a finite number from 0.`, row);
}

/** Children that rounding made to stick out of their caller are cut back, so that binary search holds on each level. */
function keepInside(start: Float64Array, end: Float64Array, parent: Uint32Array) {
  for (let i = 1; i < start.length; i++) {
    const limit = end[parent[i]];
    if (end[i] > limit) {
      end[i] = limit;
      start[i] = Math.min(start[i], limit);
    }
  }
}

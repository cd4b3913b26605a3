import type { CallTree } from '../callTree';
import type { FlameColumns } from './columns';
import { IngestError } from './ingestError';
import { slack } from './tolerance';

/**
 * Holds what each row says of itself against what its children say, and settles on its self: the given one where it
 * agrees, else what the children leave. Children that rounding made to stick out of their caller are cut back, so that
 * binary search holds on each level.
 *
 * @param shift rows before row 0 of the columns: 1 when a root was put above
 * @throws IngestError when a self or the children do not fit into the total
 */
export function settleSelf(tree: CallTree, columns: FlameColumns, shift: 0 | 1) {
  const { size, start, end, self, childStart, depthFirst, diff } = tree;
  const given = columns.self !== undefined;
  if (shift) {
    settleRoot(tree);
  }
  let overlaps = false;
  for (let i = shift; i < size; i++) {
    const first = childStart[i];
    const count = childStart[i + 1] - first;
    const children = count > 0 ? end[first + count - 1] - start[first] : 0;
    const total = end[i] - start[i];
    overlaps = overlaps || children > total;
    if (diff !== undefined) {
      settleSides(tree, i, { total, children, count, end: end[i], row: depthFirst[i] - shift }, given);
    } else if (!given && total >= children) {
      self[i] = total - children;
    } else if (self[i] !== total - children || !(self[i] >= 0)) {
      const sums = { total, children, count, end: end[i], row: depthFirst[i] - shift };
      self[i] = settled(sums, given ? self[i] : undefined);
    }
  }
  if (overlaps || !Number.isInteger(end[0])) {
    keepInside(tree);
  }
}

/** The synthetic root has no row; it is what its children are. */
function settleRoot({ childStart, self, diff }: CallTree) {
  self[0] = 0;
  if (diff) {
    diff.selfRight[0] = 0;
    diff.totalRight[0] = 0;
    for (let child = childStart[0]; child < childStart[1]; child++) {
      diff.totalRight[0] += diff.totalRight[child];
    }
  }
}

interface Sums {
  total: number;
  children: number;
  /** Number of children. */
  count: number;
  end: number;
  row: number;
}

function settleSides({ self, childStart, diff }: CallTree, i: number, both: Sums, given: boolean) {
  const { selfRight, totalRight } = diff!;
  let children = 0;
  for (let child = childStart[i]; child < childStart[i + 1]; child++) {
    children += totalRight[child];
  }
  const left = self[i];
  const right = selfRight[i];
  // Both sides apart, because what is missing on one may not be made up for by the other.
  const comparison = { ...both, total: totalRight[i], children };
  const baseline = { ...both, total: both.total - totalRight[i], children: both.children - children };
  selfRight[i] = settled(comparison, given ? right : undefined);
  self[i] = settled(baseline, given ? left : undefined) + selfRight[i];
}

function settled({ total, children, count, end, row }: Sums, given: number | undefined): number {
  const rest = total - children;
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

function keepInside({ size, start, end, parent }: CallTree) {
  for (let i = 1; i < size; i++) {
    const limit = end[parent[i]];
    if (end[i] > limit) {
      end[i] = limit;
      start[i] = Math.min(start[i], limit);
    }
  }
}

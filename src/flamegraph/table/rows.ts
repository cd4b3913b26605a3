import type { CallTree } from '../../engine/callTree';
import { type ChangeKind, relativeChange } from '../../engine/change';
import type { LabelMatches } from '../../engine/search';
import type { TopTable } from '../../engine/topTable';
import type { ChangeMeasure } from '../colour/byChange';
import type { Change, TableColumn, TableState } from '../state/flameGraphState';

/** What decides which functions the table shows, and in which order. */
export interface RowRequest {
  readonly tree: CallTree;
  readonly table: TopTable;
  readonly matches?: LabelMatches;
  readonly sort: TableState['sort'];
  readonly measure: ChangeMeasure;
  readonly change: Change;
  /** What became of each function of a diff, by row of the table. */
  readonly kinds?: readonly ChangeKind[];
}

/** Rows of the top table that are shown, in order; equal values are in order of their names. */
export function tableRows({ tree, table, matches, sort, measure, change, kinds }: RowRequest): Uint32Array {
  const rows = new Uint32Array(table.size);
  let count = 0;
  for (let row = 0; row < table.size; row++) {
    if ((!matches || matches[table.label[row]] === 1) && hasChange(kinds?.[row], change)) {
      rows[count++] = row;
    }
  }
  const name = (row: number) => tree.labels[table.label[row]];
  const byName = (a: number, b: number) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
  const sign = sort.descending ? -1 : 1;
  if (sort.column === 'function') {
    return rows.slice(0, count).sort((a, b) => sign * byName(a, b));
  }
  const values = columnValues(table, sort.column, measure);
  return rows.slice(0, count).sort((a, b) => sign * compare(values[a], values[b]) || byName(a, b));
}

/** A column's values by row of the top table, in units of the tree; a change as the measure says. */
export function columnValues(table: TopTable, column: TableColumn, measure: ChangeMeasure): Float64Array {
  const { self, total, diff } = table;
  switch (column) {
    case 'self':
      return self;
    case 'total':
      return total;
    case 'baseline':
      return diff ? total.map((value, row) => value - diff.totalRight[row]) : total;
    case 'comparison':
      return diff ? diff.totalRight : total;
    case 'change':
      return total.map((_, row) => {
        const [left, right] = sides(table, row);
        return measure === 'relative' ? relativeChange(left, right) : right - left;
      });
  }
}

/** Total of a row on the baseline's and on the comparison's side. */
export function sides({ total, diff }: TopTable, row: number): [baseline: number, comparison: number] {
  const right = diff ? diff.totalRight[row] : 0;
  return [total[row] - right, right];
}

/** Functions that were cut off on one side may be there: they are neither new nor removed. */
function hasChange(kind: ChangeKind | undefined, wanted: Change): boolean {
  return wanted === 'all' || kind === undefined || kind === (wanted === 'removed' ? 'gone' : wanted);
}

/** New functions grew without bounds: they come before all others, and do not compare as NaN. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

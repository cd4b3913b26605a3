import { t } from '@grafana/i18n';

import type { ChangeKind } from '../../engine/change';
import type { TopTable } from '../../engine/topTable';
import { total } from '../../engine/traverse';
import { costChangeText, cutOffText } from '../facts/costText';
import { shareText } from '../facts/shareText';
import type { Scale } from '../facts/nodeFacts';
import type { ChangeMeasure } from '../colour/byChange';
import type { TableColumn } from '../state/flameGraphState';

import { columnValues, sides } from './rows';

/** Widths of columns in CSS pixels: with shares, and without where the table is narrow. */
const COLUMN_WIDTH = 112;
const TIGHT_COLUMN_WIDTH = 68;
/** Room of a title in CSS pixels: of a character, of the cell's edges, of the arrow that says that the column sorts. */
const TITLE = { character: 7.4, edges: 16, arrow: 20 };
/** In a narrower table the names need the room of the shares, which the bars show too. CSS pixels. */
export const TIGHT_TABLE = 480;
export const NARROWEST_COLUMN = 56;

/** In less, names cannot be told apart. CSS pixels. */
const LEAST_NAME = 100;
/** What gives way to the names first: columns of a diff, of which one can be told from the others. */
const GIVES_WAY: readonly TableColumn[] = ['baseline', 'comparison'];

/** The columns that leave the names their room in a table of this width; the one that sorts stays, and so does the last. */
export function columnsThatFit(
  columns: readonly TableColumn[],
  width: number,
  widthOf: (id: TableColumn) => number,
  sorts: TableColumn | 'function'
): readonly TableColumn[] {
  return GIVES_WAY.filter((id) => id !== sorts).reduce((kept, id) => {
    const forNames = width - kept.reduce((sum, column) => sum + widthOf(column), 0);
    return forNames < LEAST_NAME && kept.length > 1 ? kept.filter((column) => column !== id) : kept;
  }, columns);
}

/** Width of a column that nobody resized, in CSS pixels: in a narrow table no more than values and title need. */
export function columnWidth(id: TableColumn, isTight: boolean, sorts: boolean): number {
  const title = Math.ceil(columnTitles()[id].length * TITLE.character) + TITLE.edges + (sorts ? TITLE.arrow : 0);
  return isTight ? Math.max(TIGHT_COLUMN_WIDTH, title) : Math.max(COLUMN_WIDTH, title);
}

export interface CellText {
  readonly value: string;
  /** The value's share of the whole, where it has one. */
  readonly share?: string;
}

export interface ColumnDescription {
  readonly id: TableColumn;
  readonly title: string;
  text(row: number): CellText;
  /** Share of the whole for the bar behind the value, 0..1. */
  bar(row: number): number;
}

/** Columns that a profile or a diff can show. */
export function availableColumns(isDiff: boolean): readonly TableColumn[] {
  return isDiff ? ['baseline', 'comparison', 'change'] : ['self', 'total'];
}

/** Describes how a column's cells are written. Values of the comparison are shown as they were measured. */
export function describeColumn(
  id: TableColumn,
  table: TopTable,
  { formatValue, profile, comparisonScale }: Scale,
  measure: ChangeMeasure,
  kinds?: readonly ChangeKind[]
): ColumnDescription {
  const values = columnValues(table, id, measure);
  const wholeRight = profile.diff ? profile.diff.totalRight[0] : 0;
  const whole = { comparison: wholeRight, baseline: total(profile, 0) - wholeRight }[id as string] ?? total(profile, 0);
  const title = columnTitles()[id];
  if (id === 'change') {
    return {
      id,
      title,
      text: changeOf,
      bar: () => 0,
    };
  }
  const scale = id === 'comparison' ? comparisonScale : 1;
  return {
    id,
    title,
    text: (row) => ({ value: formatValue(values[row] / scale), share: shareText(values[row] / whole) }),
    bar: (row) => (whole > 0 ? values[row] / whole : 0),
  };

  function changeOf(row: number): CellText {
    return {
      value: kinds?.[row] === 'cut off' ? cutOffText() : costChangeText(...sides(table, row), measure, formatValue),
    };
  }
}

export function columnTitles(): Record<TableColumn, string> {
  return {
    self: t('flamegraph.table.self', 'Self'),
    total: t('flamegraph.table.total', 'Total'),
    baseline: t('flamegraph.table.baseline', 'Baseline'),
    comparison: t('flamegraph.table.comparison', 'Comparison'),
    change: t('flamegraph.table.change', 'Change'),
  };
}

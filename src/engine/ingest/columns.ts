/**
 * A flame graph as columns, depth-first: core Grafana's nested set without its data frame. Row 0 is the root; a row
 * belongs to the nearest row above it whose level is one less.
 */
export interface FlameColumns {
  /** 0 for a root, at most one more than the row before. */
  level: ArrayLike<number>;
  /** Total of the frame in units of the profile, its children included; in a diff the baseline's total. */
  value: ArrayLike<number>;
  /** Value of the frame without its children; in a diff the baseline's. Left out, it follows from the totals. */
  self?: ArrayLike<number>;
  label: LabelColumn;
  /** The comparison's total; makes the columns a diff. */
  valueRight?: ArrayLike<number>;
  /** The comparison's self. Needs valueRight. */
  selfRight?: ArrayLike<number>;
}

/** Names row by row, or an index into texts row by row (an enum field). */
export type LabelColumn = ArrayLike<string> | EnumColumn;

export interface EnumColumn {
  index: ArrayLike<number>;
  text: ArrayLike<string>;
}

export function isEnumColumn(column: LabelColumn): column is EnumColumn {
  return 'index' in column && 'text' in column;
}

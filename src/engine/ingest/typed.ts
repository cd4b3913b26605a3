import { type FlameColumns, isEnumColumn } from './columns';

/**
 * The same columns with numbers in typed arrays, which go to a worker in a moment. Columns with anything else than
 * numbers stay as they are, so that the reader can say what is wrong; so do all columns when every row has its name as
 * text, because sending those takes longer than reading them.
 */
export function typedColumns(columns: FlameColumns): FlameColumns {
  const { label } = columns;
  if (!isEnumColumn(label)) {
    return columns;
  }
  const optional = (column: ArrayLike<number> | undefined) => column && typed(column);
  return {
    level: typed(columns.level),
    value: typed(columns.value),
    self: optional(columns.self),
    label: { index: typed(label.index), text: label.text },
    valueRight: optional(columns.valueRight),
    selfRight: optional(columns.selfRight),
  };
}

function typed(column: ArrayLike<number>): ArrayLike<number> {
  const numbers = new Float64Array(column.length);
  for (let row = 0; row < numbers.length; row++) {
    const value: unknown = column[row];
    if (typeof value !== 'number') {
      return column;
    }
    numbers[row] = value;
  }
  return numbers;
}

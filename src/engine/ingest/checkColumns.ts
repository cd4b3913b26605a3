import { isEnumColumn, type FlameColumns } from './columns';
import { IngestError } from './ingestError';

/** Indices are 32-bit; the largest one marks 'none'. */
const MAX_ROWS = 2 ** 32 - 2;

/** Checks what can be said of the columns without looking at a row. */
export function checkColumns(columns: FlameColumns) {
  const rows = columns.level.length;
  if (rows === 0) {
    throw new IngestError('empty', 'The flame graph has no rows: nothing was profiled in this range.');
  }
  if (rows > MAX_ROWS) {
    throw new IngestError('too-many-rows', `The flame graph has ${rows} rows; at most ${MAX_ROWS} can be shown.`);
  }
  const label = isEnumColumn(columns.label) ? columns.label.index : columns.label;
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

import type { FlameColumns } from './columns';

export type IngestProblem =
  /** No row at all: nothing was profiled. Callers usually show this as an empty state and not as an error. */
  | 'empty'
  | 'too-many-rows'
  /** Columns differ in length, or one of a pair is missing. */
  | 'columns'
  /** Not a whole number >= 0, the first row is not level 0, or a row is more than one below the row before. */
  | 'level'
  /** Missing, NaN, infinite or negative. */
  | 'value'
  /** Self is larger than the total of the same row. */
  | 'self'
  /** The children of a row add up to more than the row. */
  | 'children'
  /** No name, or an index without a text. */
  | 'label';

/** Why columns are not a flame graph, in one sentence that names the row and what to do about it. */
export class IngestError extends Error {
  readonly name = 'IngestError';

  constructor(
    readonly problem: IngestProblem,
    message: string,
    /** Row of the columns, from 0; absent when no single row is to blame. */
    readonly row?: number
  ) {
    super(message);
  }
}

export function isIngestError(error: unknown): error is IngestError {
  return error instanceof IngestError;
}

/** Says which value of a row is no finite number from 0. */
export function valueError({ value, valueRight }: FlameColumns, row: number): IngestError {
  const left: unknown = value[row];
  const leftIsFine = typeof left === 'number' && left >= 0 && left < Infinity;
  const name = leftIsFine ? 'valueRight' : 'value';
  const found: unknown = leftIsFine ? valueRight?.[row] : left;
  return new IngestError('value', `Row ${row}: ${name} is ${String(found)}, but must be a finite number from 0.`, row);
}

import { isEnumColumn, type EnumColumn, type LabelColumn } from './columns';
import { IngestError } from './ingestError';

/** Turns the names of rows into indices of a dictionary that holds each name once, in order of appearance. */
export interface LabelReader {
  labels: string[];
  /** Index of the row's name. Throws an IngestError when the row has none. */
  read(row: number): number;
  /** Index of a name that no row has to have. */
  add(name: string): number;
}

export function labelReader(column: LabelColumn): LabelReader {
  return isEnumColumn(column) ? enumReader(column) : stringReader(column);
}

function stringReader(names: ArrayLike<string>): LabelReader {
  const labels: string[] = [];
  const known = new Map<string, number>();
  const read = (row: number): number => {
    const name: unknown = names[row];
    if (typeof name !== 'string') {
      throw new IngestError('label', `Row ${row}: label is ${String(name)}, but must be a text.`, row);
    }
    return intern(name, labels, known);
  };
  return { labels, read, add: (name) => intern(name, labels, known) };
}

const UNSEEN = 0xffffffff;

function enumReader({ index, text }: EnumColumn): LabelReader {
  const labels: string[] = [];
  const known = new Map<string, number>();
  const byIndex = new Uint32Array(text.length).fill(UNSEEN);
  const read = (row: number): number => {
    const position = index[row];
    const seen = byIndex[position];
    if (seen !== UNSEEN && seen !== undefined) {
      return seen;
    }
    const name: unknown = text[position];
    if (typeof name !== 'string') {
      throw new IngestError(
        'label',
        `Row ${row}: label index ${String(position)} has no text; there are ${text.length} texts, counted from 0.`,
        row
      );
    }
    return (byIndex[position] = intern(name, labels, known));
  };
  return { labels, read, add: (name) => intern(name, labels, known) };
}

function intern(name: string, labels: string[], known: Map<string, number>): number {
  let label = known.get(name);
  if (label === undefined) {
    label = labels.length;
    labels.push(name);
    known.set(name, label);
  }
  return label;
}

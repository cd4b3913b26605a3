import { LabelDictionary } from '../labelDictionary';
import { isEnumColumn, type EnumColumn, type LabelColumn } from './columns';
import { IngestError } from './ingestError';

/** Index of a row's name in the dictionary. Throws an IngestError when the row has none. */
export type LabelReader = (row: number) => number;

export function labelReader(column: LabelColumn, dictionary: LabelDictionary): LabelReader {
  return isEnumColumn(column) ? enumReader(column, dictionary) : stringReader(column, dictionary);
}

function stringReader(names: ArrayLike<string>, dictionary: LabelDictionary): LabelReader {
  return (row) => {
    const name: unknown = names[row];
    if (typeof name !== 'string') {
      throw new IngestError('label', `Row ${row}: label is ${String(name)}, but must be a text.`, row);
    }
    return dictionary.of(name);
  };
}

const UNSEEN = 0xffffffff;

function enumReader({ index, text }: EnumColumn, dictionary: LabelDictionary): LabelReader {
  const byIndex = new Uint32Array(text.length).fill(UNSEEN);
  return (row) => {
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
    return (byIndex[position] = dictionary.of(name));
  };
}

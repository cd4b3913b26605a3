import { ingest } from './ingest';
import { typedColumns } from './typed';

const COLUMNS = {
  level: [0, 1, 1],
  value: [10, 6, 3],
  self: [1, 6, 3],
  label: { index: [0, 1, 2], text: ['total', 'a', 'b'] },
};

describe('typedColumns', () => {
  it('says the same in typed arrays', () => {
    const columns = typedColumns(COLUMNS);
    expect(columns.level).toEqual(Float64Array.of(0, 1, 1));
    expect(ingest(columns)).toEqual(ingest(COLUMNS));
    expect(columns.valueRight).toBeUndefined();
  });

  it('leaves a column as it is in which something else than a number stands, for the reader to refuse', () => {
    const value = [10, null, 3] as unknown as number[];
    const columns = typedColumns({ ...COLUMNS, value });
    expect(columns.value).toBe(value);
    expect(() => ingest(columns)).toThrow('Row 1');
  });

  it('leaves names as texts where they are', () => {
    const columns = { ...COLUMNS, label: ['total', 'a', 'b'] };
    expect(typedColumns(columns)).toBe(columns);
  });
});

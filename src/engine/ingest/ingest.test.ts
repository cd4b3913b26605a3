import type { FlameColumns } from './columns';
import { ingest } from './ingest';
import { IngestError, isIngestError } from './ingestError';

const FINE = {
  level: [0, 1, 2, 1, 2, 3],
  value: [10, 4, 3, 6, 5, 5],
  self: [0, 1, 3, 1, 0, 5],
  label: ['total', 'a', 'b', 'c', 'a', 'd'],
} satisfies FlameColumns;

describe('ingest', () => {
  it('numbers nodes in level order', () => {
    const tree = ingest(FINE);
    expect(tree.labels).toEqual(['total', 'a', 'b', 'c', 'd']);
    expect([...tree.levelOffsets]).toEqual([0, 1, 3, 5, 6]);
    expect([...tree.label]).toEqual([0, 1, 3, 2, 1, 4]);
    expect([...tree.start]).toEqual([0, 0, 4, 0, 4, 4]);
    expect([...tree.end]).toEqual([10, 4, 10, 3, 9, 9]);
    expect([...tree.self]).toEqual([0, 1, 1, 3, 0, 5]);
    expect([...tree.parent]).toEqual([0, 0, 0, 1, 2, 4]);
    expect([...tree.childStart]).toEqual([1, 3, 4, 5, 5, 6, 6]);
    expect([...tree.depthFirst]).toEqual([0, 1, 3, 2, 4, 5]);
    expect([...tree.subtreeEnd]).toEqual([6, 3, 6, 3, 6, 6]);
    expect(tree.diff).toBeUndefined();
  });

  it('puts a root above several rows of level 0', () => {
    const tree = ingest({ level: [0, 1, 0], value: [3, 2, 4], self: [1, 2, 4], label: ['a', 'b', 'c'] });
    expect(tree.labels[tree.label[0]]).toBe('total');
    expect([...tree.end]).toEqual([7, 3, 7, 2]);
    expect([...tree.self]).toEqual([0, 1, 4, 2]);
    expect([...tree.parent]).toEqual([0, 0, 0, 1]);
    expect([...tree.subtreeEnd]).toEqual([4, 3, 4, 3]);
    expect([...tree.childStart]).toEqual([1, 3, 4, 4, 4]);
  });

  it('adds both sides of a diff and keeps the comparison apart', () => {
    const tree = ingest({
      level: [0, 1],
      value: [4, 3],
      self: [1, 3],
      valueRight: [8, 2],
      selfRight: [6, 2],
      label: ['total', 'a'],
    });
    expect([...tree.end]).toEqual([12, 5]);
    expect([...tree.self]).toEqual([7, 5]);
    expect([...tree.diff!.totalRight]).toEqual([8, 2]);
    expect([...tree.diff!.selfRight]).toEqual([6, 2]);
  });

  it('reads indices into texts, and the same text under two indices as one name', () => {
    const tree = ingest({
      ...FINE,
      label: { index: [2, 0, 1, 3, 4, 0], text: ['a', 'b', 'total', 'a', 'd', 'never'] },
    });
    expect(tree.labels).toEqual(['total', 'a', 'b', 'd']);
    expect([...tree.label]).toEqual([0, 1, 1, 2, 3, 1]);
  });

  it('derives self where there is no column, and counts what a column leaves out as self', () => {
    expect([...ingest({ ...FINE, self: undefined }).self]).toEqual([0, 1, 1, 3, 0, 5]);
    expect([...ingest({ ...FINE, self: [0, 0, 3, 1, 0, 5] }).self]).toEqual([0, 1, 1, 3, 0, 5]);
  });

  it('lets rounding pass and keeps children inside their caller', () => {
    const scaled = ingest({
      level: [0, 1, 1, 1],
      value: [10, 3, 4, 4],
      self: [0, 3, 4, 4],
      label: ['t', 'a', 'b', 'c'],
    });
    expect([...scaled.end]).toEqual([10, 3, 7, 10]);
    expect([...scaled.self]).toEqual([0, 3, 4, 4]);
    const thirds = ingest({ level: [0, 1, 1, 1], value: [1, 1 / 3, 1 / 3, 1 / 3], label: ['t', 'a', 'b', 'c'] });
    expect(Math.max(...thirds.end)).toBe(1);
    const large = ingest({ level: [0, 1], value: [2 ** 60, 2 ** 60 + 512], self: [0, 2 ** 60], label: ['t', 'a'] });
    expect(large.end[1]).toBe(2 ** 60);
  });

  it('takes a profile of zeros', () => {
    const tree = ingest({ level: [0, 1], value: [0, 0], self: [0, 0], label: ['total', 'a'] });
    expect([...tree.end]).toEqual([0, 0]);
  });

  it('opens a stack of 10,000 levels and 200,000 siblings', () => {
    const levels = Array.from({ length: 10_001 }, (_, row) => row);
    const deep = ingest({ level: levels, value: levels.map(() => 7), label: levels.map((row) => `f${row % 400}`) });
    expect(deep.levelOffsets.length).toBe(10_002);
    expect(deep.self[10_000]).toBe(7);
    expect(deep.subtreeEnd[5_000]).toBe(10_001);

    const rows = Array.from({ length: 200_001 }, (_, row) => row);
    const wide = ingest({
      level: rows.map((row) => Math.min(row, 1)),
      value: rows.map((row) => (row === 0 ? 200_000 : 1)),
      label: rows.map((row) => `f${row}`),
    });
    expect(wide.end[200_000]).toBe(200_000);
    expect(wide.self[0]).toBe(0);
  });
});

describe('ingest answers malformed columns', () => {
  const cases: Array<[what: string, columns: Partial<FlameColumns>, problem: string, message: RegExp, row?: number]> = [
    ['no rows', { level: [], value: [], self: [], label: [] }, 'empty', /nothing was profiled/],
    ['more rows than fit', { level: { length: 2 ** 32 } }, 'too-many-rows', /has 4294967296 rows; at most 4294967294/],
    ['lengths that differ', { value: [10, 4] }, 'columns', /Column value has 2 rows, but column level has 6/],
    ['labels of another length', { label: { index: [0], text: ['a'] } }, 'columns', /Column label has 1 rows/],
    ['half a diff', { valueRight: [0, 0, 0, 0, 0, 0] }, 'columns', /valueRight is there without selfRight/],
    ['the other half', { selfRight: [0, 0, 0, 0, 0, 0] }, 'columns', /selfRight is there without valueRight/],
    ['a first row below level 0', { level: [1, 1, 2, 1, 2, 3] }, 'level', /Row 0: level is 1.*first row/, 0],
    ['a level jump', { level: [0, 1, 3, 1, 2, 3] }, 'level', /Row 2: level jumps from 1 to 3/, 2],
    ['a negative level', { level: [0, 1, -1, 1, 2, 3] }, 'level', /Row 2: level is -1/, 2],
    ['a broken level', { level: [0, 1, 1.5, 1, 2, 3] }, 'level', /Row 2: level is 1.5/, 2],
    ['a missing level', { level: [0, 1, NaN, 1, 2, 3] }, 'level', /Row 2: level is NaN/, 2],
    ['a negative value', { value: [10, 4, -3, 6, 5, 5] }, 'value', /Row 2: value is -3/, 2],
    ['NaN', { value: [10, 4, 3, NaN, 5, 5] }, 'value', /Row 3: value is NaN/, 3],
    ['infinity', { value: [Infinity, 4, 3, 6, 5, 5] }, 'value', /Row 0: value is Infinity/, 0],
    ['a value that is no number', { value: [10, null, 3, 6, 5, 5] as number[] }, 'value', /Row 1: value is null/, 1],
    ['a negative self', { self: [0, 1, 3, 1, 0, -5] }, 'value', /Row 5: self is -5/, 5],
    ['a self that is NaN', { self: [0, 1, NaN, 1, 0, 5] }, 'value', /Row 2: self is NaN/, 2],
    ['self above the total', { self: [0, 1, 4, 1, 0, 5] }, 'self', /Row 2: self is 4, more than its total of 3/, 2],
    ['children above the total', { value: [10, 4, 5, 6, 5, 5] }, 'children', /Row 1: its children add up to 5/, 1],
    [
      'self and children above the total',
      { self: [0, 3, 3, 1, 0, 5] },
      'children',
      /Row 1: self of 3 and children of 3/,
      1,
    ],
    [
      'a label index without a text',
      { label: { index: [0, 0, 0, 7, 0, 0], text: ['a'] } },
      'label',
      /Row 3: label index 7 has no text; there are 1/,
      3,
    ],
    [
      'a label index that is no index',
      { label: { index: [0, -1, 0, 0, 0, 0], text: ['a'] } },
      'label',
      /Row 1: label index -1/,
      1,
    ],
    [
      'a label that is no text',
      { label: ['t', 'a', null, 'c', 'd', 'e'] as string[] },
      'label',
      /Row 2: label is null/,
      2,
    ],
    [
      'a comparison value that is negative',
      { valueRight: [5, 0, -1, 0, 0, 0], selfRight: [5, 0, 0, 0, 0, 0] },
      'value',
      /Row 2: valueRight is -1/,
      2,
    ],
    [
      'comparison children above the total',
      {
        valueRight: [5, 9, 0, 0, 0, 0],
        selfRight: [0, 9, 0, 0, 0, 0],
        value: [14, 4, 3, 6, 5, 5],
        self: [4, 1, 3, 1, 0, 5],
      },
      'children',
      /Row 0: .*add up to/,
      0,
    ],
  ];

  it.each(cases.map(([what, ...expected]) => ({ what, expected })))('$what', ({ expected }) => {
    const [columns, problem, message, row] = expected;
    let thrown: unknown;
    try {
      ingest({ ...FINE, ...columns });
    } catch (error) {
      thrown = error;
    }
    expect(isIngestError(thrown)).toBe(true);
    const error = thrown as IngestError;
    expect(error.problem).toBe(problem);
    expect(error.message).toMatch(message);
    expect(error.row).toBe(row);
  });
});

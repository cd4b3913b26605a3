import { type FileLines, listing } from './functionLines';

const FILE: FileLines = {
  file: '/src/cart.go',
  startLine: 4,
  self: 3,
  total: 10,
  lines: [
    { line: 0, self: 1, total: 1 },
    { line: 5, self: 2, total: 2 },
    { line: 7, self: 0, total: 7 },
  ],
  leftOut: 0,
};
const source = (length: number) => Array.from({ length }, (_, at) => `line ${at + 1}`);

describe('listing', () => {
  it('is the lines with a cost when there is no source', () => {
    expect(listing(FILE, undefined)).toEqual(FILE.lines);
  });

  it('has the source from the function’s beginning to a little behind the last cost', () => {
    const rows = listing(FILE, source(40));
    expect(rows.map(({ line }) => line)).toEqual([0, 4, 5, 6, 7, 8, 9, 10]);
    expect(rows[2]).toEqual({ line: 5, self: 2, total: 2, source: 'line 5' });
    expect(rows[3]).toEqual({ line: 6, self: 0, total: 0, source: 'line 6' });
  });

  it('begins a little before the first cost when the beginning is not known', () => {
    expect(listing({ ...FILE, startLine: 0 }, source(40))[1].line).toBe(2);
  });

  it('keeps costs that a shorter file does not have', () => {
    expect(listing(FILE, source(6)).map(({ line }) => line)).toEqual([0, 4, 5, 6, 7]);
  });
});

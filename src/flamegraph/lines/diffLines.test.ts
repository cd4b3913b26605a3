import { diffLines } from './diffLines';
import type { FileLines, FunctionLines } from './functionLines';

function linesOf(file: string, startLine: number, costs: Record<number, number>): FunctionLines {
  const lines = Object.entries(costs).map(([line, total]) => ({ line: Number(line), self: 0, total }));
  const total = lines.reduce((sum, cost) => sum + cost.total, 0);
  return { kind: 'flow', files: [{ file, startLine, self: 0, total, lines, leftOut: 0 }] };
}

const NONE: FunctionLines = { kind: 'flow', files: [] };

const costsOf = ({ lines }: FileLines) =>
  lines.map(({ line, total, baseline }) => [line, baseline!.line, baseline!.total, total]);

describe('diffLines', () => {
  it('lays lines of equal distance from the function’s beginning beside each other', () => {
    const { files } = diffLines(
      linesOf('/src/cart.go', 10, { 11: 5, 13: 7 }),
      linesOf('/src/cart.go', 30, { 0: 1, 31: 6, 35: 2 })
    );
    expect(files).toHaveLength(1);
    expect(costsOf(files[0])).toEqual([
      [0, 0, 0, 1],
      [31, 11, 5, 6],
      [33, 13, 7, 0],
      [35, 0, 0, 2],
    ]);
    expect(files[0]).toMatchObject({ total: 9, baseline: { self: 0, total: 12 } });
  });

  it('goes by the numbers where the beginning is not known', () => {
    const { files } = diffLines(linesOf('a.py', 0, { 4: 5 }), linesOf('a.py', 2, { 4: 6 }));
    expect(costsOf(files[0])).toEqual([[4, 4, 5, 6]]);
  });

  it('knows a file of two versions of a module, and keeps what only one side has', () => {
    const before = linesOf('/mod/shop@v1.4.2/cart.go', 1, { 2: 5 });
    const after = linesOf('/mod/shop@v1.4.3/cart.go', 1, { 2: 6 });
    expect(diffLines(before, after).files.map(({ file }) => file)).toEqual(['/mod/shop@v1.4.3/cart.go']);
    const other = linesOf('/mod/shop@v1.4.3/basket.go', 1, { 2: 6 });
    expect(diffLines(before, other).files.map(({ file }) => file)).toEqual([
      '/mod/shop@v1.4.3/basket.go',
      '/mod/shop@v1.4.2/cart.go',
    ]);
    expect(costsOf(diffLines(before, NONE).files[0])).toEqual([[2, 2, 5, 0]]);
    expect(diffLines(NONE, NONE).files).toEqual([]);
  });

  it('scales the comparison', () => {
    const { files } = diffLines(linesOf('a', 1, { 1: 4 }), linesOf('a', 1, { 1: 4 }), 0.5);
    expect(costsOf(files[0])).toEqual([[1, 1, 4, 2]]);
  });
});

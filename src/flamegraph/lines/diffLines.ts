import type { BaselineCost, FileLines, FunctionLines, LineCost } from './functionLines';

const NOTHING = { self: 0, total: 0 };

/**
 * The lines of both sides of a diff beside each other. Files are the same when their paths are, apart from the version of
 * a module; lines are the same when they are as far from the beginning of the function, so that code which was added
 * above a function does not tear its lines apart. Where the beginning is not known, the numbers decide.
 *
 * @param scale by what the values of the comparison are multiplied
 */
export function diffLines(baseline: FunctionLines, comparison: FunctionLines, scale = 1): FunctionLines {
  const before = new Map(baseline.files.map((file) => [withoutVersion(file.file), file]));
  const files = comparison.files.map((file) => {
    const key = withoutVersion(file.file);
    const other = before.get(key);
    before.delete(key);
    return joined(other, file, scale);
  });
  const gone = [...before.values()].map((file) => joined(file, undefined, scale));
  const cost = ({ total, baseline: left = NOTHING }: FileLines) => total + left.total;
  return { kind: comparison.kind, files: [...files, ...gone].sort((a, b) => cost(b) - cost(a)) };
}

function joined(before: FileLines | undefined, after: FileLines | undefined, scale: number): FileLines {
  const shift = before?.startLine && after?.startLine ? after.startLine - before.startLine : 0;
  const lines = new Map<number, LineCost>();
  for (const { line, self, total } of after?.lines ?? []) {
    lines.set(line, { line, self: self * scale, total: total * scale, baseline: { line: 0, ...NOTHING } });
  }
  for (const cost of before?.lines ?? []) {
    const line = placeOf(cost.line, shift);
    const left: BaselineCost = { line: cost.line, self: cost.self, total: cost.total };
    lines.set(line, { line, ...NOTHING, ...lines.get(line), baseline: left });
  }
  return {
    file: (after ?? before)!.file,
    startLine: (after ?? before)!.startLine,
    self: (after?.self ?? 0) * scale,
    total: (after?.total ?? 0) * scale,
    lines: [...lines.values()].sort((a, b) => a.line - b.line),
    leftOut: (before?.leftOut ?? 0) + (after?.leftOut ?? 0),
    baseline: { self: before?.self ?? 0, total: before?.total ?? 0 },
  };
}

/** The comparison's number of a line of the baseline; 0 is no line on either side. */
function placeOf(line: number, shift: number): number {
  return line > 0 ? Math.max(1, line + shift) : 0;
}

/** The path without the version that Go's module cache and package managers write into it: 'shop@v1.4.2/cart.go'. */
function withoutVersion(path: string): string {
  return path.replace(/@[^/\\]+(?=[/\\])/g, '');
}

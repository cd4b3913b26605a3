/** What the lines of a function cost; values in units of the profile. */
export interface FunctionLines {
  /** 'level': a state, whose values are summed over all profiles of the range; only their shares mean something. */
  readonly kind: 'flow' | 'level';
  /** Files that have a function of this name, the costliest first. */
  readonly files: readonly FileLines[];
}

export interface FileLines {
  /** Path as the compiler knew it; '' when the profiles do not say. In a diff the comparison's, where it has the file. */
  readonly file: string;
  /** Where the function begins; 0 when that is not known. */
  readonly startLine: number;
  readonly self: number;
  readonly total: number;
  /** In ascending order; line 0 is what has no line. */
  readonly lines: readonly LineCost[];
  /** Lines that the server left out because there are too many. */
  readonly leftOut: number;
  /** The other side of a diff; the values above are then the comparison's. */
  readonly baseline?: Cost;
}

export interface Cost {
  readonly self: number;
  readonly total: number;
}

export interface LineCost extends Cost {
  readonly line: number;
  readonly baseline?: BaselineCost;
}

/** What a line cost in the baseline, and its number there: code above it may have been added or removed since. */
export interface BaselineCost extends Cost {
  readonly line: number;
}

/** A row of the listing: a line of source, a line that costs something, or both. */
export interface ListedLine extends LineCost {
  readonly source?: string;
}

/** Lines of source that are shown before and after those that cost something. */
const AROUND = 3;

/** The lines that cost something; with the source also those between and around them, as `pprof -list` shows them. */
export function listing({ lines, startLine }: FileLines, source: readonly string[] | undefined): ListedLine[] {
  const known = lines.filter(({ line }) => line > 0);
  if (!source || known.length === 0) {
    return lines.map((line) => ({ ...line }));
  }
  const costs = new Map(lines.map((line) => [line.line, line]));
  const start = startLine > 0 ? Math.min(startLine, known[0].line) : known[0].line - AROUND;
  const first = Math.max(1, start);
  const last = Math.min(source.length, known[known.length - 1].line + AROUND);
  const rows: ListedLine[] = lines.filter(({ line }) => line < first || line > last).map((line) => ({ ...line }));
  for (let line = first; line <= last; line++) {
    rows.push({ line, self: 0, total: 0, ...costs.get(line), source: source[line - 1] });
  }
  return rows.sort((a, b) => a.line - b.line);
}

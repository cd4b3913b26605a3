/** A bounded repetition of at least so many is taken for an unbounded one. */
const MANY = 10;

/**
 * How the steps of a backtracking matcher can grow with the length n of a name, from how the pattern is written: the d of
 * n^d, or Infinity for exponential growth. An upper bound: repetitions that cannot overlap are counted as if they could.
 */
export function growthOf(pattern: string): number {
  /** Unbounded repetitions and alternatives in each open group. */
  const open = [{ repetitions: 0, branches: false }];
  let degree = 1;
  let last: { repetitions: number; branches: boolean } | undefined;
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    const here = open[open.length - 1];
    const quantifier = /^(?:[*+]|\{(\d+)(,?)(\d*)\})/.exec(rest);
    if (quantifier) {
      if (isUnbounded(quantifier)) {
        if (last && (last.repetitions > 0 || last.branches)) {
          return Infinity;
        }
        here.repetitions++;
        degree++;
      }
      at += quantifier[0].length;
      continue;
    }
    last = undefined;
    const atom = /^(?:\\[1-9k]|\(\?(?:<?[=!]))/.exec(rest);
    if (atom) {
      return Infinity;
    }
    const length = /^(?:\\.|\[(?:\\.|[^\]\\])*\])/s.exec(rest)?.[0].length ?? 1;
    if (length === 1 && pattern[at] === '(') {
      open.push({ repetitions: 0, branches: false });
    } else if (length === 1 && pattern[at] === ')' && open.length > 1) {
      last = open.pop()!;
      const outer = open[open.length - 1];
      outer.repetitions += last.repetitions;
      outer.branches ||= last.branches;
    } else if (length === 1 && pattern[at] === '|') {
      here.branches = true;
    }
    at += length;
  }
  return degree;
}

function isUnbounded([text, from, comma, to]: RegExpExecArray): boolean {
  if (text === '*' || text === '+') {
    return true;
  }
  const most = comma === '' ? Number(from) : to === '' ? Infinity : Number(to);
  return most >= MANY;
}

/** Steps that a page does not notice: about a second in the worst case, and far less in any usual one. */
const AFFORDABLE = 4e8;

/** Whether a pattern can be tried on all names without the page standing still, whatever the names are. */
export function isAffordable(pattern: string, names: readonly string[]): boolean {
  const degree = growthOf(pattern);
  if (degree <= 1) {
    return true;
  }
  let steps = 0;
  for (let i = 0; i < names.length && steps <= AFFORDABLE; i++) {
    steps += names[i].length ** degree;
  }
  return steps <= AFFORDABLE;
}

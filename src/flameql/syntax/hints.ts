import type { Expectation } from './expectations';
import { shorten, type Token } from './tokens';
import { CLAUSE_KEYWORDS, isKeyword } from './words';

/** What people most likely meant when this token stands where only the expected may stand. */
export function syntaxHint(found: Token, expected: ReadonlySet<Expectation>): string | undefined {
  const { kind, text } = found;
  if (kind === 'unknown' && text === '#') {
    return 'FlameQL has no comments.';
  }
  if (kind === 'unknown' && '“”„‟‘’‚‛«»'.includes(text)) {
    return 'Use straight quotes: "…".';
  }
  if (kind === 'word' && (expected.has('value') || expected.has('pattern') || expected.has('id'))) {
    return `Put it in quotes: "${shorten(text)}".`;
  }
  if (kind === 'operator' && expected.has('value')) {
    return 'Write one operator: =, !=, =~ or !~.';
  }
  if (text === '[' && expected.has('time')) {
    return 'Write a range as @[from, to].';
  }
  if (expected.has(',') && expected.has('}')) {
    return matcherHint(found);
  }
  if (text === 'vs' && expected.has('clause')) {
    return 'Write "vs" and the right side before the clauses.';
  }
  return kind === 'word' ? didYouMean(similarKeyword(text, expected)) : undefined;
}

/** For what follows a matcher without a comma. */
function matcherHint({ kind, text }: Token): string | undefined {
  if (kind === 'word' && isKeyword(text)) {
    return 'Close the selector with "}" first.';
  }
  const separates = kind === 'word' || kind === 'string' || (kind === 'unknown' && '&|;'.includes(text));
  return separates ? 'Put a comma between matchers.' : undefined;
}

function similarKeyword(word: string, expected: ReadonlySet<Expectation>): string | undefined {
  return mostSimilar(word, [
    ...(expected.has('time') ? ['offset'] : []),
    ...(expected.has('vs') ? ['vs'] : []),
    ...(expected.has('clause') ? CLAUSE_KEYWORDS : []),
  ]);
}

export function didYouMean(word: string | undefined): string | undefined {
  return word && `Did you mean "${word}"?`;
}

const MOST_EDITS = 2;
const LONGEST_WORD = 20;

/** The first candidate with the fewest edits, of at most two and fewer than the candidate has letters. */
export function mostSimilar(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestEdits = MOST_EDITS + 1;
  for (const candidate of word.length > LONGEST_WORD ? [] : candidates) {
    const count = edits(word.toLowerCase(), candidate);
    if (count < bestEdits && count < candidate.length) {
      best = candidate;
      bestEdits = count;
    }
  }
  return best;
}

/** The Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replace = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

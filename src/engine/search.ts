import type { CallTree } from './callTree';
import { isAffordable } from './regexCost';
import type { Steps } from './steps';

export interface SearchQuery {
  text: string;
  /** Read the text as a regular expression (JavaScript's), else as plain text. */
  regex?: boolean;
  caseSensitive?: boolean;
}

export type NameTest = (name: string) => boolean;

/** A query that can be asked, or the sentence that says why it cannot. */
export type CompiledSearch = { test: NameTest; error?: undefined } | { test?: undefined; error: string };

/** Longest pattern that is tried: more is a mistake, and expensive to match. */
const MAX_PATTERN = 2000;

/** An empty text matches nothing. */
export function compileSearch({ text, regex = false, caseSensitive = false }: SearchQuery): CompiledSearch {
  if (text === '') {
    return { test: () => false };
  }
  if (text.length > MAX_PATTERN) {
    return { error: `The search text has ${text.length} characters; at most ${MAX_PATTERN} are allowed.` };
  }
  if (regex) {
    try {
      const pattern = new RegExp(text, caseSensitive ? '' : 'i');
      return { test: (name) => pattern.test(name) };
    } catch (cause) {
      return { error: cause instanceof Error ? cause.message : String(cause) };
    }
  }
  if (caseSensitive) {
    return { test: (name) => name.includes(text) };
  }
  const lower = text.toLowerCase();
  return { test: (name) => name.toLowerCase().includes(lower) };
}

/**
 * The same for certain names: a pattern that could keep the page busy for long on them is `costly`, and not to be tried
 * where nobody can stop it.
 */
export function compileSearchFor(query: SearchQuery, names: readonly string[]): CompiledSearch & { costly?: true } {
  const compiled = compileSearch(query);
  if (!compiled.test || !query.regex || isAffordable(query.text, names)) {
    return compiled;
  }
  return { costly: true, error: 'This pattern could take minutes: use fewer * and +, and none inside another.' };
}

/** Names between two looks at the clock. */
const BATCH = 256;

/** Names that match, by position, for whoever can be stopped from outside: a worker. */
export function* matchNamesSteps(names: readonly string[], query: SearchQuery): Steps<Uint8Array> {
  const { test } = compileSearch(query);
  const matches = new Uint8Array(names.length);
  for (let i = 0; test && i < names.length; i++) {
    matches[i] = test(names[i]) ? 1 : 0;
    if (i % BATCH === BATCH - 1) {
      yield i / names.length;
    }
  }
  return matches;
}

/** One byte for each label: 1 where the name matches. */
export type LabelMatches = Uint8Array;

/** Tests each name once, whatever number of nodes carry it. */
export function matchLabels(tree: CallTree, test: NameTest): LabelMatches {
  const { labels } = tree;
  const matches = new Uint8Array(labels.length);
  for (let i = 0; i < matches.length; i++) {
    matches[i] = test(labels[i]) ? 1 : 0;
  }
  return matches;
}

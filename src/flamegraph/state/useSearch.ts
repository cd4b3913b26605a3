import { useMemo } from 'react';

import type { CallTree } from '../../engine/callTree';
import { summarizeMatches } from '../../engine/matches';
import { compileSearch, matchLabels, type NameTest, type SearchQuery } from '../../engine/search';
import type { Matches } from '../paint/drawList';

/** A search text ready to be asked; `test` is there when there is something to search for. */
export interface Search {
  readonly test?: NameTest;
  /** Why the text cannot be searched for. */
  readonly error?: string;
}

/** What the search found in one tree. */
export interface SearchResult {
  readonly matches: Matches;
  /** What stacks with a match add up to, in units of the tree, and the comparison's part of it. */
  readonly total: number;
  readonly totalRight: number;
}

export function useSearch({ text, regex, caseSensitive }: SearchQuery): Search {
  return useMemo(
    () => (text === '' ? {} : compileSearch({ text, regex, caseSensitive })),
    [text, regex, caseSensitive]
  );
}

/** Table, toolbar and graph ask for the same tree: it is searched once. */
const found = new WeakMap<NameTest, WeakMap<CallTree, SearchResult>>();

export function searchTree(tree: CallTree, { test }: Search): SearchResult | undefined {
  if (!test) {
    return undefined;
  }
  const known = found.get(test) ?? new WeakMap<CallTree, SearchResult>();
  found.set(test, known);
  const before = known.get(tree);
  if (before) {
    return before;
  }
  const labels = matchLabels(tree, test);
  const { nodes, total, totalRight } = summarizeMatches(tree, labels);
  const result = { matches: { labels, nodes }, total, totalRight };
  known.set(tree, result);
  return result;
}

import { useMemo } from 'react';

import type { CallTree } from '../../engine/callTree';
import { summarizeMatches } from '../../engine/matches';
import { compileSearch, matchLabels, type SearchQuery } from '../../engine/search';
import type { Matches } from '../paint/drawList';

export interface SearchResult {
  readonly matches: Matches;
  /** What stacks with a match add up to, and the comparison's part of it. */
  readonly total: number;
  readonly totalRight: number;
}

/** What the search found in the tree; nothing when there is no search text, an error when the text is no pattern. */
export function useSearch(tree: CallTree, query: SearchQuery): { result?: SearchResult; error?: string } {
  const { text, regex, caseSensitive } = query;
  return useMemo(() => {
    if (text === '') {
      return {};
    }
    const { test, error } = compileSearch({ text, regex, caseSensitive });
    if (!test) {
      return { error };
    }
    const labels = matchLabels(tree, test);
    const { nodes, total, totalRight } = summarizeMatches(tree, labels);
    return { result: { matches: { labels, nodes }, total, totalRight } };
  }, [tree, text, regex, caseSensitive]);
}

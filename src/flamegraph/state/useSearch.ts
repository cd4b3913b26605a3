import { useEffect, useMemo, useState } from 'react';

import { t } from '@grafana/i18n';

import type { CallTree } from '../../engine/callTree';
import { summarizeMatches } from '../../engine/matches';
import { compileSearchFor, matchLabels, type NameTest, type SearchQuery } from '../../engine/search';
import { StoppedError } from '../../engine/worker/runner';
import type { Matches } from '../paint/drawList';
import type { Runner } from '../worker/useRunner';

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

/** A pattern that could take minutes is given this many ms in a worker, which can be ended. */
const AT_MOST_MS = 2000;

/** Search among the names of a profile. A costly pattern is tried in a worker and may be given up with a sentence. */
export function useSearch(query: SearchQuery, names: readonly string[], runner: Runner): Search {
  const { text, regex, caseSensitive } = query;
  const compiled = useMemo(
    () => (text === '' ? {} : compileSearchFor({ text, regex, caseSensitive }, names)),
    [text, regex, caseSensitive, names]
  );
  const [answer, setAnswer] = useState<{ of: unknown; search: Search }>();

  useEffect(() => {
    if (!('costly' in compiled)) {
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (search: Search) => signal.aborted || setAnswer({ of: compiled, search });
    runner.run('match', [names, { text, regex, caseSensitive }], { signal, atMostMs: AT_MOST_MS }).then(
      (matches) => {
        const found = new Set(names.filter((_, at) => matches[at] === 1));
        tell({ test: (name) => found.has(name) });
      },
      (error: unknown) => tell({ error: sentenceOf(error) })
    );
    return () => controller.abort();
  }, [compiled, names, text, regex, caseSensitive, runner]);

  if (!('costly' in compiled)) {
    return compiled;
  }
  return answer?.of === compiled ? answer.search : NOTHING;
}

const NOTHING: Search = {};

function sentenceOf(error: unknown): string {
  if (error instanceof StoppedError) {
    return error.cause === 'too long'
      ? t(
          'flamegraph.search.too-long',
          'This pattern takes too long on names as long as these. Use fewer * and +, and none inside another.'
        )
      : t(
          'flamegraph.search.needs-worker',
          'This pattern could take minutes, and this page may not start a worker to try. Use fewer * and +, and none inside another.'
        );
  }
  return error instanceof Error ? error.message : String(error);
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

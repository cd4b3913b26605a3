import { useCallback, useMemo, useState } from 'react';

import { stepMatch } from '../engine/matches';

import { useFlameGraph } from './context';
import { searchTree } from './state/useSearch';

/** The way from match to match; `rank` is the position of the selected one among all, when a step has led there. */
export function useMatchSteps(selected: number | undefined, select: (node: number) => void) {
  const { shape, search } = useFlameGraph();
  const { tree } = shape;
  const nodes = useMemo(() => searchTree(tree, search)?.matches.nodes, [tree, search]);
  const [at, setAt] = useState<{ nodes: Uint32Array; node: number; rank: number }>();
  const step = useCallback(
    (direction: 1 | -1) => {
      const next = nodes && stepMatch(tree, nodes, selected, direction);
      if (nodes && next) {
        setAt({ nodes, ...next });
        select(next.node);
      }
    },
    [tree, nodes, selected, select]
  );
  return { rank: at && at.nodes === nodes && at.node === selected ? at.rank : undefined, step };
}

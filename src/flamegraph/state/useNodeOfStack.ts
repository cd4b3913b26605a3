import { useCallback, useMemo, useState } from 'react';

import type { CallTree } from '../../engine/callTree';
import { followStack, stackOf } from '../../engine/traverse';

export interface FoundNode {
  readonly node: number;
  /** Whether the tree has the whole stack; else `node` is the deepest of it that is there. */
  readonly whole: boolean;
}

/**
 * The node at the end of a stack. Names alone are ambiguous when a caller has two callees of one name; `remember` gives
 * the stack of a node, and as long as the tree stays, the way back to that very node.
 */
export function useNodeOfStack(
  tree: CallTree,
  stack: readonly string[] | undefined
): [found: FoundNode, remember: (node: number) => readonly string[]] {
  const [remembered] = useState(() => new WeakMap<readonly string[], { tree: CallTree; node: number }>());
  const remember = useCallback(
    (node: number) => {
      const names = stackOf(tree, node);
      remembered.set(names, { tree, node });
      return names;
    },
    [tree, remembered]
  );
  const found = useMemo(() => {
    const known = stack && remembered.get(stack);
    if (known?.tree === tree) {
      return { node: known.node, whole: true };
    }
    const { node, depth } = followStack(tree, stack ?? []);
    return { node, whole: stack !== undefined && depth === stack.length };
  }, [tree, stack, remembered]);
  return [found, remember];
}

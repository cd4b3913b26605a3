import { useMemo } from 'react';

import { useTheme2 } from '@grafana/ui';

import { nodeColours } from '../colour/scheme';
import type { Scale } from '../facts/nodeFacts';
import type { Scene } from '../graph/Stage';

import type { ResolvedState } from './resolve';
import { makeScene, type SceneRequest } from './scene';

/** The scene of a tree in the state's colours and the theme; the same object while none of them changes. */
export function useScene(request: Omit<SceneRequest, 'amount'>, state: ResolvedState, scale: Scale): Scene {
  const theme = useTheme2();
  const { tree, direction, focus, matches, maxNames } = request;
  const { colours: scheme, amount } = state;
  const { measure } = state.diff;
  const colours = useMemo(
    () => nodeColours(tree, scheme, measure, theme.isDark),
    [tree, scheme, measure, theme.isDark]
  );
  return useMemo(
    () => makeScene({ tree, direction, focus, matches, maxNames, amount }, colours, scale, theme),
    [tree, direction, focus, matches, maxNames, amount, colours, scale, theme]
  );
}

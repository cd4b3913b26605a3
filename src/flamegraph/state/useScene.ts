import { useMemo } from 'react';

import { useTheme2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import { levelOf } from '../../engine/traverse';
import { colourByPackage } from '../colour/byPackage';
import { colourByValue } from '../colour/byValue';
import { oklch } from '../colour/oklch';
import { rgb } from '../colour/rgba';
import type { Scene } from '../graph/Stage';
import type { Matches } from '../paint/drawList';
import { shareText } from '../shareText';

import type { FlameGraphState } from './flameGraphState';

/** Everything that is drawn, from the tree, the state and the theme; the same object while none of them changes. */
export function useScene(tree: CallTree, state: FlameGraphState, focus: number, matches?: Matches): Scene {
  const { isDark, typography, colors } = useTheme2();
  const { direction, colours: scheme } = state;
  const colours = useMemo(
    () => (scheme === 'value' ? colourByValue : colourByPackage)(tree, isDark),
    [tree, scheme, isDark]
  );
  return useMemo(() => {
    const { start, end } = tree;
    const whole = end[0] - start[0];
    return {
      tree,
      direction,
      style: {
        colours,
        background: isDark ? rgb(24, 27, 31) : rgb(255, 255, 255),
        muted: isDark ? oklch(0.36, 0.01, 270) : oklch(0.93, 0.005, 270),
        match: isDark ? oklch(0.85, 0.17, 95) : oklch(0.7, 0.19, 45),
        outline: colors.text.maxContrast,
      },
      text: {
        font: (ratio: number) => `${11.5 * ratio}px ${typography.fontFamily}`,
        colour: '#16181d',
        mutedColour: colors.text.secondary,
      },
      emphasis: { matches, focusLevel: focus === 0 ? undefined : levelOf(tree, focus) },
      share: (node: number) => shareText((end[node] - start[node]) / whole),
    };
  }, [tree, direction, colours, isDark, typography, colors, matches, focus]);
}

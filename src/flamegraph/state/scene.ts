import type { GrafanaTheme2 } from '@grafana/data';

import type { CallTree } from '../../engine/callTree';
import { levelOf, total } from '../../engine/traverse';
import type { NodeColours } from '../colour/nodeColours';
import { oklch } from '../colour/oklch';
import { rgb } from '../colour/rgba';
import type { Scale } from '../facts/nodeFacts';
import { shareText } from '../facts/shareText';
import type { Scene } from '../graph/Stage';
import type { Matches } from '../paint/drawList';

import type { Amount, Direction } from './flameGraphState';

/** Names of frames are this large, in CSS pixels. */
const FONT_SIZE = 11.5;
/** Every fill of a frame is light enough for this, in both themes. */
export const NAME_COLOUR = '#16181d';

export interface SceneRequest {
  readonly tree: CallTree;
  readonly direction: Direction;
  readonly amount: Amount;
  readonly focus: number;
  readonly matches?: Matches;
  /** Names on one picture at most. */
  readonly maxNames: number;
}

/** Everything that is drawn of a tree, apart from where. */
export function makeScene(request: SceneRequest, colours: NodeColours, scale: Scale, theme: GrafanaTheme2): Scene {
  const { tree, direction, focus, matches, maxNames } = request;
  const { isDark, colors, typography } = theme;
  return {
    tree,
    direction,
    style: {
      colours,
      background: isDark ? rgb(24, 27, 31) : rgb(255, 255, 255),
      muted: isDark ? oklch(0.33, 0.008, 270) : oklch(0.93, 0.005, 270),
      match: isDark ? oklch(0.85, 0.17, 95) : oklch(0.65, 0.19, 45),
      outline: colors.text.maxContrast,
    },
    text: {
      font: (ratio) => `${FONT_SIZE * ratio}px ${typography.fontFamily}`,
      colour: NAME_COLOUR,
      mutedColour: colors.text.secondary,
      maxNames,
    },
    emphasis: { matches, focusLevel: focus === 0 ? undefined : levelOf(tree, focus) },
    amount: amountText(request, scale),
  };
}

function amountText({ tree, amount }: SceneRequest, { profile, formatValue }: Scale): Scene['amount'] {
  const whole = total(profile, 0);
  switch (amount) {
    case 'share':
      return (node) => shareText(total(tree, node) / whole);
    case 'value':
      return (node) => formatValue(total(tree, node));
    case 'none':
      return undefined;
  }
}

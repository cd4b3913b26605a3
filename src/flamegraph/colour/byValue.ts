import type { CallTree } from '../../engine/callTree';

import type { NodeColours } from './nodeColours';
import { oklch } from './oklch';
import type { Rgba } from './rgba';

const STEPS = 64;

/** From pale yellow (nothing) to red (the whole profile), by the node's share of the root. */
export function colourByValue(tree: CallTree, isDark: boolean): NodeColours {
  const { start, end } = tree;
  const ramp = Uint32Array.from({ length: STEPS }, (_, step) => heatColour(step / (STEPS - 1), isDark));
  const whole = end[0] - start[0];
  return {
    // Small shares are spread out by the root, because most functions have one.
    of: (node) => ramp[Math.floor(Math.sqrt((end[node] - start[node]) / whole) * (STEPS - 1))] ?? ramp[0],
  };
}

/** heat is 0..1. */
export function heatColour(heat: number, isDark: boolean): Rgba {
  return oklch((isDark ? 0.82 : 0.88) - 0.14 * heat, 0.08 + 0.08 * heat, 95 - 70 * heat);
}

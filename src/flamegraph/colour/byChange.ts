import type { CallTree, DiffColumns } from '../../engine/callTree';
import { relativeChange } from '../../engine/change';

import type { NodeColours } from './nodeColours';
import { oklch } from './oklch';
import type { Rgba } from './rgba';

/** How a change is measured: against the node's own baseline, or in units of the profile. */
export type ChangeMeasure = 'relative' | 'absolute';

/** Steps of the ramp on each side of 'no change'. */
const STEPS = 32;
/** A relative change that has the full colour: twice the baseline, or nothing left of it. */
const FULL_RELATIVE_CHANGE = 1;

/**
 * Blue for less, grey for the same, orange for more: a pair that people with any of the common colour vision
 * deficiencies tell apart, which red and green is not.
 */
export function colourByChange(tree: CallTree, measure: ChangeMeasure, isDark: boolean): NodeColours {
  const { start, end, diff } = tree;
  const ramp = Uint32Array.from({ length: 2 * STEPS + 1 }, (_, step) => changeColour(step / STEPS - 1, isDark));
  const same = ramp[STEPS];
  if (!diff) {
    return { of: () => same };
  }
  const { totalRight } = diff;
  const full = fullChange(tree, measure);
  return {
    of: (node) => {
      const right = totalRight[node];
      const left = end[node] - start[node] - right;
      const change = measure === 'relative' ? relativeChange(left, right) : right - left;
      const strength = Math.max(-1, Math.min(1, change / full));
      return ramp[Math.round((strength + 1) * STEPS)];
    },
  };
}

/** Colour of a change from -1 (gone) over 0 (the same) to 1 (doubled, or the largest change there is). */
export function changeColour(strength: number, isDark: boolean): Rgba {
  const size = Math.sqrt(Math.abs(strength));
  const pale = isDark ? 0.7 : 0.9;
  // Less, the same and more also differ in lightness, for those who see no hues at all.
  const lightness = pale + (strength < 0 ? (isDark ? 0.08 : -0.1) : isDark ? -0.08 : -0.22) * size;
  const chroma = 0.006 + 0.144 * size;
  return oklch(lightness, chroma, strength < 0 ? 252 : 55);
}

/** The change that has the full colour: a share of the baseline, or units of the profile. */
export function fullChange(tree: CallTree, measure: ChangeMeasure): number {
  return measure === 'relative' || !tree.diff ? FULL_RELATIVE_CHANGE : largestChange(tree, tree.diff);
}

/** Largest change of a node below the root, in units of the profile; the root's own where it stands alone. */
function largestChange({ size, start, end }: CallTree, { totalRight }: DiffColumns): number {
  let largest = 0;
  for (let node = size > 1 ? 1 : 0; node < size; node++) {
    largest = Math.max(largest, Math.abs(2 * totalRight[node] - (end[node] - start[node])));
  }
  return largest || 1;
}

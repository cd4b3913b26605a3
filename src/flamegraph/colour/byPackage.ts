import type { CallTree } from '../../engine/callTree';
import { packageOf } from '../../engine/names/packageOf';

import { colourByLabel } from './byLabel';
import { hashText } from './hash';
import type { NodeColours } from './nodeColours';
import { oklch } from './oklch';
import type { Rgba } from './rgba';

const HUES = 24;

/** Functions of one package share a hue; their lightness differs a little, so that neighbours can be told apart. */
export function colourByPackage(tree: CallTree, isDark: boolean): NodeColours {
  return colourByLabel(tree, (name) => functionColour(name, isDark));
}

/** Colour of a function by its package; one whose package is not known has a hue of its own. */
export function functionColour(name: string, isDark: boolean): Rgba {
  const hue = (mixBits(hashText(packageOf(name) || name)) % HUES) * (360 / HUES);
  const shade = ((mixBits(hashText(name)) % 5) - 2) * 0.012;
  return isDark ? oklch(0.74 + shade, 0.105, hue) : oklch(0.82 + shade, 0.095, hue);
}

/** Spreads the hash over its low bits, which FNV leaves alike for names that differ in their last letter only. */
function mixBits(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8;
}

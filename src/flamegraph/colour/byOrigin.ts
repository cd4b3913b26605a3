import type { CallTree } from '../../engine/callTree';
import { type Origin, originOf, ORIGINS } from '../names/origin';

import type { NodeColours } from './nodeColours';
import { oklch } from './oklch';
import type { Rgba } from './rgba';

const HUES: Record<Origin, number> = { own: 150, library: 235, runtime: 80, kernel: 20 };

export function colourByOrigin(tree: CallTree, isDark: boolean): NodeColours {
  const colours = Object.fromEntries(ORIGINS.map((origin) => [origin, originColour(origin, isDark)]));
  const fills = Uint32Array.from(tree.labels, (name) => colours[originOf(name)]);
  return { of: (node) => fills[tree.label[node]] };
}

export function originColour(origin: Origin, isDark: boolean): Rgba {
  return isDark ? oklch(0.74, 0.11, HUES[origin]) : oklch(0.82, 0.1, HUES[origin]);
}

import type { CallTree } from '../../engine/callTree';
import { type Origin, originOf, ORIGINS } from '../names/origin';

import { colourByLabel } from './byLabel';
import type { NodeColours } from './nodeColours';
import { oklch } from './oklch';
import type { Rgba } from './rgba';

const HUES: Record<Origin, number> = { own: 150, library: 235, runtime: 80, kernel: 20 };

export function colourByOrigin(tree: CallTree, isDark: boolean): NodeColours {
  const colours = Object.fromEntries(ORIGINS.map((origin) => [origin, originColour(origin, isDark)]));
  return colourByLabel(tree, (name) => colours[originOf(name)]);
}

export function originColour(origin: Origin, isDark: boolean): Rgba {
  return isDark ? oklch(0.74, 0.11, HUES[origin]) : oklch(0.82, 0.1, HUES[origin]);
}

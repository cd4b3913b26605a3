import type { CallTree } from '../../engine/callTree';
import { levelCount } from '../../engine/traverse';

import { visitRow } from './cells';
import { type Emphasis, type PaintStyle, RowPainter } from './drawList';

/**
 * The whole tree as width x height pixels: every level is squeezed or stretched to its share of the height, so that its
 * outline is seen at a glance.
 */
export function buildOverview(
  tree: CallTree,
  { width, height, direction }: { width: number; height: number; direction: 'icicle' | 'flame' },
  style: PaintStyle,
  emphasis: Emphasis
): Uint32Array {
  const levels = levelCount(tree);
  const pixels = new Uint32Array(width * height).fill(style.background);
  const row = new RowPainter(tree, pixels, { width, devicePixelRatio: Infinity }, style, emphasis.matches);
  const projection = { left: 0, scale: width / tree.end[0], width };
  const linesPerLevel = Math.max(1, Math.min(3, Math.floor(height / levels)));
  const lines = Math.min(height, levels * linesPerLevel);
  for (let line = 0; line < lines; line++) {
    const target = direction === 'icicle' ? line : height - 1 - line;
    const level = Math.floor((line * levels) / lines);
    if (line > 0 && level === Math.floor(((line - 1) * levels) / lines)) {
      const before = direction === 'icicle' ? target - 1 : target + 1;
      pixels.copyWithin(target * width, before * width, (before + 1) * width);
      continue;
    }
    row.begin(target, false);
    visitRow(tree, level, projection, row);
  }
  return pixels;
}

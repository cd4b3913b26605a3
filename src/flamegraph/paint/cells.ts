import type { CallTree } from '../../engine/callTree';
import { firstVisible, runEnd } from '../../engine/layout';

/** Narrower nodes (in device pixels) are specks: painted one pixel at a time, many nodes to a pixel. */
const NARROWEST_BAR = 2;

/** How a row is projected: `left` is the profile position at pixel 0, `scale` pixels per unit, `width` in pixels. */
export interface Projection {
  readonly left: number;
  readonly scale: number;
  readonly width: number;
}

export interface CellVisitor {
  /** A node wide enough to be seen by itself; x0 and x1 are unrounded pixels and may lie outside the row. */
  bar(node: number, x0: number, x1: number): void;
  /** The nodes first..last (inclusive) touch one pixel; `coverage` is the share of the pixel between their outer edges. */
  speck(x: number, first: number, last: number, coverage: number): void;
}

/**
 * Visits what one level shows from left to right, in time proportional to the pixels of the row, however many nodes the
 * level has: nodes before the window are skipped by binary search, nodes that share a pixel by galloping to its edge.
 */
export function visitRow(tree: CallTree, level: number, projection: Projection, visitor: CellVisitor): void {
  const { start, end } = tree;
  const { left, scale, width } = projection;
  const right = left + width / scale;
  const levelEnd = tree.levelOffsets[level + 1];
  let node = firstVisible(tree, level, left);
  let nextPixel = 0;

  while (node < levelEnd && start[node] < right) {
    const x0 = (start[node] - left) * scale;
    const x1 = (end[node] - left) * scale;
    if (x1 - x0 >= NARROWEST_BAR) {
      visitor.bar(node, x0, x1);
      nextPixel = Math.floor(x1);
      node++;
      continue;
    }
    const pixel = Math.max(nextPixel, Math.floor(x0));
    if (pixel >= width) {
      return;
    }
    const edge = left + (pixel + 1) / scale;
    const next = runEnd(tree, node, levelEnd, edge);
    // The node that reaches over the pixel's edge is in this pixel too, unless a bar will show it by itself.
    const reachesOver = next < levelEnd && start[next] < edge && (end[next] - start[next]) * scale < NARROWEST_BAR;
    const last = reachesOver ? next : next - 1;
    if (last >= node) {
      const from = Math.max(x0, pixel);
      const to = Math.min((end[last] - left) * scale, pixel + 1);
      visitor.speck(pixel, node, last, Math.min(1, Math.max(0, to - from)));
    }
    nextPixel = pixel + 1;
    node = next;
  }
}

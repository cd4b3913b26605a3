import type { CallTree } from '../../engine/callTree';
import { levelCount, levelOf } from '../../engine/traverse';

import type { Projection } from './cells';
import type { Window } from './window';

/** Where and how large a picture is. Pixels are device pixels. */
export interface Viewport {
  readonly window: Window;
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  /** Scrolled distance: pixels of the picture above its visible part. */
  readonly scrollTop: number;
  /** Device pixels per CSS pixel. */
  readonly devicePixelRatio: number;
  /** 'icicle': the root is the top row; 'flame': the root is the bottom row. */
  readonly direction: 'icicle' | 'flame';
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function projectionOf(viewport: Pick<Viewport, 'window' | 'width'>): Projection {
  const { left, right } = viewport.window;
  return { left, scale: viewport.width / (right - left), width: viewport.width };
}

/** Top edge of a level's row, in pixels from the top of the viewport. A flame that leaves room stands at the bottom. */
export function rowTop(level: number, levels: number, viewport: Viewport): number {
  const { height, rowHeight, direction, scrollTop } = viewport;
  const top =
    direction === 'icicle' ? level * rowHeight : Math.max(height, levels * rowHeight) - (level + 1) * rowHeight;
  return top - scrollTop;
}

/** Level whose row is at a pixel of the viewport; may be none of the tree's. */
export function levelAt(y: number, levels: number, viewport: Viewport): number {
  const row = Math.floor((y - rowTop(0, levels, viewport)) / viewport.rowHeight);
  return viewport.direction === 'icicle' ? row : -row;
}

/** Levels whose rows are at least partly in the viewport, from top to bottom. */
export function visibleLevels(levels: number, viewport: Viewport): number[] {
  const visible: number[] = [];
  const top = levelAt(0, levels, viewport);
  const bottom = levelAt(viewport.height - 1, levels, viewport);
  const down = viewport.direction === 'icicle' ? 1 : -1;
  const first = Math.min(levels - 1, Math.max(0, top));
  for (let level = first; level >= 0 && level < levels && level * down <= bottom * down; level += down) {
    visible.push(level);
  }
  return visible;
}

/** Where a node is drawn, in pixels from the viewport's top left corner; parts may lie outside of it. */
export function rectangleOf(tree: CallTree, node: number, viewport: Viewport): Rectangle {
  const { left, scale } = projectionOf(viewport);
  return {
    x: (tree.start[node] - left) * scale,
    y: rowTop(levelOf(tree, node), levelCount(tree), viewport),
    width: (tree.end[node] - tree.start[node]) * scale,
    height: viewport.rowHeight,
  };
}

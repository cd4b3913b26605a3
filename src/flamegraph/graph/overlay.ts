import { rectangleOf, type Viewport } from '../paint/viewport';

import type { Scene } from './Stage';

/** A stretch of the picture in CSS pixels from its left edge; `from` may be right of `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Marks {
  readonly hovered?: number;
  readonly selected?: number;
  readonly brush?: Range;
}

/** Draws what lies over the picture: outlines of the hovered and the selected node, and the brushed range. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  scene: Scene,
  viewport: Viewport,
  { hovered, selected, brush }: Marks
): void {
  const { width, height, devicePixelRatio: ratio } = viewport;
  context.clearRect(0, 0, width, height);
  context.strokeStyle = scene.style.outline;
  outline(context, scene, viewport, hovered, 1.5);
  outline(context, scene, viewport, selected, 2.5);
  if (brush) {
    context.globalAlpha = 0.25;
    context.fillStyle = scene.style.outline;
    context.fillRect(Math.min(brush.from, brush.to) * ratio, 0, Math.abs(brush.to - brush.from) * ratio, height);
    context.globalAlpha = 1;
  }
}

function outline(
  context: CanvasRenderingContext2D,
  { tree }: Scene,
  viewport: Viewport,
  node: number | undefined,
  lineWidth: number
): void {
  if (node === undefined || node >= tree.size) {
    return;
  }
  const { x, y, width, height } = rectangleOf(tree, node, viewport);
  const line = lineWidth * viewport.devicePixelRatio;
  // Edges far outside would be drawn imprecisely; a node narrower than the line still shows one.
  const left = Math.max(-2 * line, x);
  const right = Math.min(viewport.width + 2 * line, Math.max(x + width, x + line));
  context.lineWidth = line;
  context.strokeRect(left + line / 2, y + line / 2, Math.max(line, right - left - line), height - 1 - line);
}

import { levelCount, stackOf } from '../../engine/traverse';
import { toCss } from '../colour/rgba';
import type { Scene } from '../graph/Stage';
import { visitRow } from '../paint/cells';
import { NameFitter } from '../paint/nameFitter';
import { rowTop, type Viewport } from '../paint/viewport';
import type { Window } from '../paint/window';

import { escapeXml } from './escapeXml';

const ROW_HEIGHT = 18;
const FONT_SIZE = 11;
/** Bars in a file at most: beyond that, viewers take minutes. */
const MAX_BARS = 60_000;

export interface SvgRequest {
  readonly scene: Scene;
  readonly window: Window;
  readonly width: number;
  /** Width of a character relative to the font's size, for viewers with another font. */
  readonly fontFamily: string;
  describe(node: number): string;
}

/**
 * The flame graph as an SVG document: one rectangle a frame with its facts as a title, runs of frames too small to be
 * seen as one grey rectangle. Text is escaped, so a hostile name stays text.
 */
export function writeSvg({ scene, window, width, fontFamily, describe }: SvgRequest): string {
  const { tree, style, text } = scene;
  const levels = levelCount(tree);
  const height = levels * ROW_HEIGHT;
  const viewport: Viewport = {
    window,
    width,
    height,
    rowHeight: ROW_HEIGHT,
    scrollTop: 0,
    devicePixelRatio: 1,
    direction: scene.direction,
  };
  const fitter = new NameFitter(tree.labels, (name) => name.length * FONT_SIZE * 0.58);
  const parts: string[] = [];
  const projection = { left: window.left, scale: width / (window.right - window.left), width };
  for (let level = 0; level < levels && parts.length < MAX_BARS; level++) {
    const y = rowTop(level, levels, viewport);
    const rectangle = (x: number, barWidth: number, fill: string, inside: string) =>
      parts.push(
        `<g><rect x="${round(x)}" y="${y}" width="${round(barWidth)}" height="${ROW_HEIGHT - 1}" fill="${fill}"/>${inside}</g>`
      );
    visitRow(tree, level, projection, {
      bar(node, x0, x1) {
        const x = Math.max(0, x0);
        const barWidth = Math.min(width, x1) - x;
        const name = fitter.fit(tree.label[node], barWidth - 6);
        const label = name && `<text x="${round(x + 3)}" y="${y + ROW_HEIGHT - 5}">${escapeXml(name)}</text>`;
        const fill = toCss(style.colours.of(node));
        rectangle(x, Math.max(0.5, barWidth - 0.5), fill, `<title>${escapeXml(describe(node))}</title>${label}`);
      },
      speck(x, first) {
        rectangle(x, 1, toCss(style.colours.of(first)), '');
      },
    });
  }
  const title = escapeXml(stackOf(tree, 0).join(' '));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" fill="${toCss(style.background)}"/>`,
    `<g font-family="${escapeXml(fontFamily)}" font-size="${FONT_SIZE}" fill="${text.colour}">`,
    ...parts,
    '</g></svg>',
    '',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

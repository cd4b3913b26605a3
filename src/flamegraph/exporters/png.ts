import { levelCount } from '../../engine/traverse';
import type { Scene } from '../graph/Stage';
import { CanvasPainter } from '../paint/canvasPainter';
import { buildDrawList } from '../paint/drawList';
import { NameFitter } from '../paint/nameFitter';
import { barTexts } from '../paint/texts';
import type { Viewport } from '../paint/viewport';
import type { Window } from '../paint/window';

const ROW_HEIGHT = 20;
/** Twice the pixels, so that names can be read when the picture is enlarged. */
const RATIO = 2;
/** Browsers refuse larger canvases. */
const MAX_HEIGHT = 16_000;

/** The flame graph as a picture, all levels that fit into the largest canvas a browser makes. */
export async function writePng(scene: Scene, window: Window, width: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width * RATIO;
  canvas.height = Math.min(MAX_HEIGHT, levelCount(scene.tree) * ROW_HEIGHT * RATIO);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) {
    throw new Error('The browser has no memory for a picture of this size.');
  }
  const viewport: Viewport = {
    window,
    width: canvas.width,
    height: canvas.height,
    rowHeight: ROW_HEIGHT * RATIO,
    scrollTop: 0,
    devicePixelRatio: RATIO,
    direction: scene.direction,
  };
  const font = scene.text.font(RATIO);
  context.font = font;
  const fitter = new NameFitter(scene.tree.labels, (text) => context.measureText(text).width);
  const list = buildDrawList(scene.tree, viewport, scene.style, scene.emphasis);
  const { maxNames } = scene.text;
  const texts = barTexts(scene.tree, list, fitter, { devicePixelRatio: RATIO, maxNames, amount: scene.amount });
  new CanvasPainter(context).paint(list, texts, viewport, { ...scene.text, font, background: scene.style.background });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not make a picture.'))))
  );
}

import type { CanvasPainter } from '../paint/canvasPainter';
import { buildDrawList } from '../paint/drawList';
import { NameFitter } from '../paint/nameFitter';
import { barTexts } from '../paint/texts';
import type { Viewport } from '../paint/viewport';

import type { Scene } from './scene';

/** Paints scenes, and keeps what the next picture can use again: measured names and the memory of the pixels. */
export class ScenePainter {
  private fitter: NameFitter | undefined;
  private font = '';
  private labels: readonly string[] | undefined;
  private pixels: Uint32Array | undefined;

  paint(scene: Scene, viewport: Viewport, painter: CanvasPainter): void {
    const { tree, style, text, emphasis, amount } = scene;
    const { devicePixelRatio } = viewport;
    const font = text.font(devicePixelRatio);
    const list = buildDrawList(tree, viewport, style, emphasis, this.pixels);
    this.pixels = list.pixels;
    const fitter = this.fitterOf(tree.labels, font, painter);
    const texts = barTexts(tree, list, fitter, { devicePixelRatio, maxNames: text.maxNames, amount });
    painter.paint(list, texts, viewport, { ...text, font, background: style.background });
  }

  /** Frees what is kept. */
  free(): void {
    this.fitter = undefined;
    this.labels = undefined;
    this.pixels = undefined;
  }

  private fitterOf(labels: readonly string[], font: string, painter: CanvasPainter): NameFitter {
    if (!this.fitter || this.labels !== labels || this.font !== font) {
      this.fitter = new NameFitter(labels, (text) => painter.measure(text, font));
      this.labels = labels;
      this.font = font;
    }
    return this.fitter;
  }
}

import type { CallTree } from '../../engine/callTree';
import { type Hit, hitTest } from '../../engine/hitTest';
import { levelCount, levelOf } from '../../engine/traverse';
import { CanvasPainter, type TextStyle } from '../paint/canvasPainter';
import { buildDrawList, type Emphasis, type PaintStyle, projectionOf, rowTop, type Viewport } from '../paint/drawList';
import { NameFitter } from '../paint/nameFitter';
import { barTexts } from '../paint/texts';
import { clampWindow, sameWindow, type Window } from '../paint/window';

import { WindowAnimation } from './animation';

/** Height of a row in CSS pixels. */
export const ROW_HEIGHT = 20;

/** What is drawn, apart from where. */
export interface Scene {
  readonly tree: CallTree;
  readonly style: PaintStyle & { outline: string };
  readonly text: { font: (devicePixelRatio: number) => string; colour: string; mutedColour: string };
  readonly emphasis: Emphasis;
  readonly direction: Viewport['direction'];
  /** Share of the root that is written on bars; '' for none. */
  readonly share?: (node: number) => string;
}

export interface StageElements {
  /** Scrolls over the height of the whole picture and holds the two canvases, which stay in view. */
  readonly scroller: HTMLElement;
  readonly picture: HTMLCanvasElement;
  /** Above the picture: outlines of the hovered and the selected node, repainted without the picture. */
  readonly overlay: HTMLCanvasElement;
}

/**
 * The canvases of one flame graph and the window that they show. Lives outside React, so that neither a zoom nor a
 * pointer that moves renders a component.
 */
export class Stage {
  private scene: Scene | undefined;
  private view: Window = { left: 0, right: 1 };
  private target: Window = this.view;
  private width = 0;
  private height = 0;
  private devicePixelRatio = 1;
  private fitter: NameFitter | undefined;
  private fitterKey = '';
  private pixels: Uint32Array | undefined;
  private request = 0;
  private hovered: number | undefined;
  private selected: number | undefined;
  private readonly animation = new WindowAnimation();
  private readonly painter: CanvasPainter;
  private readonly context: CanvasRenderingContext2D;
  private readonly overlayContext: CanvasRenderingContext2D;

  /** @param onWindow is told every window that is shown, also while it is moving. */
  constructor(
    private readonly elements: StageElements,
    private readonly onWindow: (window: Window) => void = () => {}
  ) {
    this.context = elements.picture.getContext('2d', { alpha: false })!;
    this.overlayContext = elements.overlay.getContext('2d')!;
    this.painter = new CanvasPainter(this.context);
  }

  /** Stops what is running and frees the pictures. */
  dispose(): void {
    this.animation.cancel();
    cancelAnimationFrame(this.request);
    this.painter.release();
    this.pixels = undefined;
    this.scene = undefined;
    for (const canvas of [this.elements.picture, this.elements.overlay]) {
      canvas.width = 0;
      canvas.height = 0;
    }
  }

  setScene(scene: Scene): void {
    if (scene.tree !== this.scene?.tree) {
      this.animation.cancel();
      this.hovered = undefined;
      this.selected = undefined;
      this.fitter = undefined;
    }
    this.scene = scene;
    this.schedule();
  }

  /** Size in CSS pixels. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    this.width = Math.max(1, Math.round(width * devicePixelRatio));
    this.height = Math.max(1, Math.round(height * devicePixelRatio));
    this.devicePixelRatio = devicePixelRatio;
    for (const canvas of [this.elements.picture, this.elements.overlay]) {
      canvas.width = this.width;
      canvas.height = this.height;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    // Setting a canvas' size blanks it; a picture in the next frame would flicker.
    this.paint();
  }

  /** The window that is shown, or that the running animation leads to. */
  get window(): Window {
    return this.target;
  }

  show(window: Window, animated: boolean): void {
    const total = this.total;
    this.target = clampWindow(window, total);
    if (animated && !sameWindow(this.view, this.target)) {
      this.animation.run(this.view, this.target, (step) => this.move(step));
    } else {
      this.animation.cancel();
      this.move(this.target);
    }
  }

  get total(): number {
    return this.scene ? this.scene.tree.end[0] : 1;
  }

  /** Height of the whole picture in CSS pixels. */
  pictureHeight(tree: CallTree): number {
    return levelCount(tree) * ROW_HEIGHT;
  }

  setHovered(node: number | undefined): void {
    if (node !== this.hovered) {
      this.hovered = node;
      this.schedule();
    }
  }

  setSelected(node: number | undefined): void {
    if (node !== this.selected) {
      this.selected = node;
      this.schedule();
    }
  }

  /** What is at a point given in CSS pixels from the picture's top left corner. */
  hit(x: number, y: number): Hit | undefined {
    const { scene } = this;
    if (!scene) {
      return undefined;
    }
    const viewport = this.viewport(scene);
    const { left, scale } = projectionOf(viewport);
    const level = this.levelAt(y * this.devicePixelRatio, viewport, scene.tree);
    const pixel = Math.floor(x * this.devicePixelRatio);
    return hitTest(scene.tree, level, left + pixel / scale, 1 / scale);
  }

  /** Where a node is drawn, in CSS pixels from the picture's top left corner; parts may lie outside of it. */
  rectangleOf(node: number): DOMRect | undefined {
    const { scene } = this;
    if (!scene || node >= scene.tree.size) {
      return undefined;
    }
    const viewport = this.viewport(scene);
    const { left, scale } = projectionOf(viewport);
    const ratio = this.devicePixelRatio;
    const level = levelOf(scene.tree, node);
    const x = (scene.tree.start[node] - left) * scale;
    const y = rowTop(level, levelCount(scene.tree), viewport) - viewport.scrollTop;
    const width = (scene.tree.end[node] - scene.tree.start[node]) * scale;
    return new DOMRect(x / ratio, y / ratio, width / ratio, viewport.rowHeight / ratio);
  }

  /** Scrolls so far that the node's row can be seen, with its callers above it where there is room. */
  reveal(node: number): void {
    const rectangle = this.rectangleOf(node);
    if (!rectangle) {
      return;
    }
    const { scroller } = this.elements;
    const visible = this.height / this.devicePixelRatio;
    if (rectangle.top < 0 || rectangle.bottom > visible) {
      scroller.scrollTop += rectangle.top - Math.max(0, visible / 2 - ROW_HEIGHT);
    }
  }

  /** Asks for a new picture; any number of calls before the next frame give one. */
  schedule(): void {
    if (this.request === 0) {
      this.request = requestAnimationFrame(() => this.paint());
    }
  }

  private move(window: Window): void {
    this.view = window;
    this.onWindow(window);
    this.schedule();
  }

  private paint(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
    const { scene } = this;
    if (!scene || this.width === 0) {
      return;
    }
    const viewport = this.viewport(scene);
    const text = this.textStyle(scene);
    const list = buildDrawList(scene.tree, viewport, scene.style, scene.emphasis, this.pixels);
    this.pixels = list.pixels;
    this.context.font = text.font;
    const measure = (value: string) => this.context.measureText(value).width;
    this.fitter = this.fitterFor(scene, text.font, measure);
    const texts = barTexts(scene.tree, list, this.fitter, {
      devicePixelRatio: this.devicePixelRatio,
      share: scene.share,
      measureShare: measure,
    });
    this.painter.paint(list, texts, viewport, text);
    this.paintOverlay(scene);
  }

  private paintOverlay(scene: Scene): void {
    const { overlayContext: context, devicePixelRatio: ratio } = this;
    context.clearRect(0, 0, this.width, this.height);
    const outline = (node: number | undefined, lineWidth: number) => {
      const rectangle = node === undefined ? undefined : this.rectangleOf(node);
      if (rectangle) {
        const left = Math.max(-2, rectangle.left) * ratio;
        const right = Math.min(this.width / ratio + 2, Math.max(rectangle.right, rectangle.left + 2)) * ratio;
        context.lineWidth = lineWidth * ratio;
        context.strokeStyle = scene.style.outline;
        context.strokeRect(left, rectangle.top * ratio, right - left, (rectangle.height - 1) * ratio);
      }
    };
    outline(this.hovered, 1.5);
    outline(this.selected, 2.5);
  }

  private viewport(scene: Scene): Viewport {
    return {
      window: this.view,
      width: this.width,
      height: this.height,
      rowHeight: Math.round(ROW_HEIGHT * this.devicePixelRatio),
      scrollTop: Math.round(this.elements.scroller.scrollTop * this.devicePixelRatio),
      devicePixelRatio: this.devicePixelRatio,
      direction: scene.direction,
    };
  }

  private levelAt(y: number, viewport: Viewport, tree: CallTree): number {
    const levels = levelCount(tree);
    const row = Math.floor((y + viewport.scrollTop - rowTop(0, levels, viewport)) / viewport.rowHeight);
    return viewport.direction === 'icicle' ? row : -row;
  }

  private textStyle(scene: Scene): TextStyle {
    const { colour, mutedColour, font } = scene.text;
    return { font: font(this.devicePixelRatio), colour, mutedColour, background: scene.style.background };
  }

  private fitterFor(scene: Scene, font: string, measure: (text: string) => number): NameFitter {
    if (this.fitter && this.fitterKey === font) {
      return this.fitter;
    }
    this.fitterKey = font;
    return new NameFitter(scene.tree.labels, measure);
  }
}

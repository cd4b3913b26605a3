import { type Hit, hitTest } from '../../engine/hitTest';
import { levelCount } from '../../engine/traverse';
import { CanvasPainter } from '../paint/canvasPainter';
import { levelAt, projectionOf, type Rectangle, rectangleOf, type Viewport } from '../paint/viewport';
import { clampWindow, sameWindow, type Window } from '../paint/window';

import { WindowAnimation } from './animation';
import { paintOverlay, type Range } from './overlay';
import { windowToSee } from './reveal';
import { pictureHeight, ROW_HEIGHT, rowHeightAt, type Scene } from './scene';
import { ScenePainter } from './ScenePainter';

export { pictureHeight, type Scene } from './scene';

export interface StageElements {
  /** Scrolls over the height of the whole picture and holds the two canvases, which stay in view. */
  readonly scroller: HTMLElement;
  readonly picture: HTMLCanvasElement;
  /** Above the picture: outlines and brush, which change without a new picture. */
  readonly overlay: HTMLCanvasElement;
}

interface Canvases extends StageElements {
  readonly painter: CanvasPainter;
  readonly over: CanvasRenderingContext2D;
}

/**
 * The canvases of one flame graph and the window that they show. Lives outside React, so that neither a zoom nor a
 * pointer that moves renders a component.
 */
export class Stage {
  private scene: Scene | undefined;
  private view: Window = { left: 0, right: 1 };
  private target: Window = this.view;
  private size = { width: 0, height: 0, devicePixelRatio: 1 };
  private readonly scenePainter = new ScenePainter();
  private request = 0;
  private pictureIsStale = true;
  private hovered: number | undefined;
  private selected: number | undefined;
  private brush: Range | undefined;
  private readonly listeners = new Set<(window: Window) => void>();
  private readonly animation = new WindowAnimation();
  private canvases: Canvases | undefined;

  /** Begins to draw. */
  attach(elements: StageElements): void {
    const picture = elements.picture.getContext('2d', { alpha: false });
    const overlay = elements.overlay.getContext('2d');
    this.canvases =
      picture && overlay ? { ...elements, painter: new CanvasPainter(picture), over: overlay } : undefined;
    this.repaint();
  }

  /** Stops what is running and frees the pictures. */
  detach(): void {
    this.animation.cancel();
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.scenePainter.free();
    for (const canvas of this.canvases ? [this.canvases.picture, this.canvases.overlay] : []) {
      canvas.width = 0;
      canvas.height = 0;
    }
    this.canvases = undefined;
    this.size = { ...this.size, width: 0, height: 0 };
  }

  setScene(scene: Scene): void {
    const before = this.scene;
    this.scene = scene;
    if (scene.tree !== before?.tree) {
      this.animation.cancel();
      this.hovered = undefined;
      this.selected = undefined;
    }
    this.keepRootInPlace(before);
    this.repaint();
  }

  /** Width and height in CSS pixels. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    this.size = {
      width: Math.max(1, Math.round(width * devicePixelRatio)),
      height: Math.max(1, Math.round(height * devicePixelRatio)),
      devicePixelRatio,
    };
    for (const canvas of this.canvases ? [this.canvases.picture, this.canvases.overlay] : []) {
      canvas.width = this.size.width;
      canvas.height = this.size.height;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    // Setting a canvas' size blanks it; a picture in the next frame would flicker.
    this.pictureIsStale = true;
    this.paint();
  }

  /** The window that is shown, or that the running animation leads to. */
  get window(): Window {
    return this.target;
  }

  /** Right end of the profile, in its units. */
  get total(): number {
    return this.scene ? this.scene.tree.end[0] : 1;
  }

  show(window: Window, animated: boolean): void {
    this.target = clampWindow(window, this.total);
    if (animated && !sameWindow(this.view, this.target)) {
      this.animation.run(this.view, this.target, (step) => this.move(step));
    } else {
      this.animation.cancel();
      this.move(this.target);
    }
  }

  /** Tells the listener every window that is shown, also while it is moving, until the returned function is called. */
  subscribe(listener: (window: Window) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
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

  /** The range that is being brushed, in CSS pixels from the left edge. */
  setBrush(brush: Range | undefined): void {
    this.brush = brush;
    this.schedule();
  }

  /** What is at a point given in CSS pixels from the picture's top left corner. */
  hit(x: number, y: number): Hit | undefined {
    const { scene } = this;
    if (!scene || scene.tree.end[0] === 0) {
      return undefined;
    }
    const viewport = this.viewport(scene);
    const { left, scale } = projectionOf(viewport);
    const level = levelAt(y * viewport.devicePixelRatio, levelCount(scene.tree), viewport);
    const pixel = Math.floor(x * viewport.devicePixelRatio);
    return hitTest(scene.tree, level, left + pixel / scale, 1 / scale);
  }

  /** Where a node is drawn, in CSS pixels from the picture's top left corner; parts may lie outside of it. */
  rectangleOf(node: number): Rectangle | undefined {
    const { scene } = this;
    if (!scene || node >= scene.tree.size) {
      return undefined;
    }
    const { x, y, width, height } = rectangleOf(scene.tree, node, this.viewport(scene));
    const ratio = this.size.devicePixelRatio;
    return { x: x / ratio, y: y / ratio, width: width / ratio, height: height / ratio };
  }

  /** Scrolls so that the node's level can be seen, in the middle when it could not. */
  bringRowIntoView(node: number): void {
    const rectangle = this.rectangleOf(node);
    const height = this.size.height / this.size.devicePixelRatio;
    if (rectangle && (rectangle.y < 0 || rectangle.y + rectangle.height > height)) {
      this.scrollBy(rectangle.y - Math.max(0, height / 2 - ROW_HEIGHT));
    }
  }

  /** Scrolls and moves the window no more than needed to make a node visible. Returns whether the window moved. */
  bringIntoView(node: number): boolean {
    if (!this.scene || node >= this.scene.tree.size) {
      return false;
    }
    this.bringRowIntoView(node);
    const wanted = windowToSee(this.scene.tree, node, this.target, this.size.width / this.size.devicePixelRatio);
    if (!wanted) {
      return false;
    }
    this.show(wanted, true);
    return true;
  }

  /** Asks for a new picture; any number of calls before the next frame give one. */
  repaint(): void {
    this.pictureIsStale = true;
    this.schedule();
  }

  private schedule(): void {
    if (this.request === 0) {
      this.request = requestAnimationFrame(() => this.paint());
    }
  }

  private move(window: Window): void {
    this.view = window;
    this.listeners.forEach((listener) => listener(window));
    this.repaint();
  }

  private paint(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
    const { scene, canvases } = this;
    if (!scene || !canvases || this.size.width === 0) {
      return;
    }
    const viewport = this.viewport(scene);
    if (this.pictureIsStale) {
      this.pictureIsStale = false;
      this.scenePainter.paint(scene, viewport, canvases.painter);
    }
    paintOverlay(canvases.over, scene, viewport, {
      hovered: this.hovered,
      selected: this.selected,
      brush: this.brush,
    });
  }

  /** A flame stands on its root: that end is shown first, and stays where it is when the tree grows or shrinks. */
  private keepRootInPlace(before: Scene | undefined): void {
    const { scene, canvases } = this;
    if (!scene || !canvases) {
      return;
    }
    const height = pictureHeight(scene.tree, this.size.devicePixelRatio);
    if (scene.direction !== before?.direction) {
      canvases.scroller.scrollTop = scene.direction === 'flame' ? height : 0;
    } else if (scene.direction === 'flame') {
      this.scrollBy(height - pictureHeight(before.tree, this.size.devicePixelRatio));
    }
  }

  private scrollBy(distance: number): void {
    if (this.canvases && distance !== 0) {
      this.canvases.scroller.scrollTop += distance;
    }
  }

  private viewport(scene: Scene): Viewport {
    return {
      ...this.size,
      window: this.view,
      rowHeight: rowHeightAt(this.size.devicePixelRatio),
      scrollTop: Math.round((this.canvases?.scroller.scrollTop ?? 0) * this.size.devicePixelRatio),
      direction: scene.direction,
    };
  }
}

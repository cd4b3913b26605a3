import { panBy, zoomAbout } from '../paint/window';

import type { Stage } from './Stage';

/** A pointer that moved less far between down and up (CSS pixels) clicked. */
const CLICK_TOLERANCE = 4;
/** Zoom of one pixel of wheel travel; a notch of a mouse is about 100 pixels, a pinch on a touchpad a few. */
const WHEEL_ZOOM = 0.002;
const PINCH_ZOOM = 0.01;
/** A wheel has come to rest after this many ms without a turn. */
const WHEEL_REST_MS = 160;
const PIXELS_PER_LINE = 20;

interface Pointer {
  readonly id: number;
  x: number;
  y: number;
}

/**
 * What wheel, mouse, pen and fingers do on a flame graph:
 * - wheel with Ctrl or Cmd, and pinch: zoom about the pointer; without: scroll over the levels; sideways or with Shift: pan;
 * - drag: pan both ways; with Shift: brush a range, which then fills the width.
 *
 * `onSettled` is called when a gesture has come to rest. Returns what detaches it all.
 */
export function attachGestures(element: HTMLElement, stage: Stage, onSettled: () => void): () => void {
  const gestures = new Gestures(element, stage, onSettled);
  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener('wheel', (event) => gestures.wheel(event), { signal, passive: false });
  element.addEventListener('pointerdown', (event) => gestures.down(event), { signal });
  element.addEventListener('pointermove', (event) => gestures.move(event), { signal });
  element.addEventListener('pointerup', (event) => gestures.up(event), { signal });
  element.addEventListener('pointercancel', (event) => gestures.up(event), { signal });
  // The click that ends a drag is none.
  element.addEventListener('click', (event) => gestures.click(event), { signal, capture: true });
  return () => {
    controller.abort();
    gestures.dispose();
  };
}

class Gestures {
  private readonly pointers = new Map<number, Pointer>();
  private origin: { x: number; y: number } | undefined;
  private mode: 'none' | 'pan' | 'brush' | 'pinch' = 'none';
  private endedDrag = false;
  private rest = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly stage: Stage,
    private readonly onSettled: () => void
  ) {}

  dispose() {
    window.clearTimeout(this.rest);
  }

  wheel(event: WheelEvent) {
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? PIXELS_PER_LINE
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? this.element.clientHeight
          : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const { stage } = this;
    if (event.ctrlKey || event.metaKey) {
      const speed = Math.abs(dy) < 30 ? PINCH_ZOOM : WHEEL_ZOOM;
      stage.show(zoomAbout(stage.window, Math.exp(dy * speed), this.share(event.clientX), stage.total), false);
    } else {
      const sideways = event.shiftKey && dx === 0 ? dy : dx;
      if (sideways === 0 || (!event.shiftKey && Math.abs(dy) > Math.abs(dx))) {
        return;
      }
      stage.show(panBy(stage.window, sideways / this.width, stage.total), false);
    }
    event.preventDefault();
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(this.onSettled, WHEEL_REST_MS);
  }

  down(event: PointerEvent) {
    if (event.button !== 0) {
      return;
    }
    this.endedDrag = false;
    this.pointers.set(event.pointerId, { id: event.pointerId, x: event.clientX, y: event.clientY });
    if (this.pointers.size === 2) {
      this.mode = 'pinch';
    } else {
      this.origin = { x: event.clientX, y: event.clientY };
    }
  }

  move(event: PointerEvent) {
    const pointer = this.pointers.get(event.pointerId);
    if (!pointer || !this.origin) {
      return;
    }
    if (this.mode === 'none') {
      const { x, y } = this.origin;
      if (Math.hypot(event.clientX - x, event.clientY - y) < CLICK_TOLERANCE) {
        return;
      }
      this.mode = event.shiftKey ? 'brush' : 'pan';
      this.element.setPointerCapture(event.pointerId);
    }
    if (this.mode === 'pan') {
      this.pan(event.clientX - pointer.x, event.clientY - pointer.y);
    } else if (this.mode === 'brush') {
      this.stage.setBrush({ from: this.offset(this.origin.x), to: this.offset(event.clientX) });
    } else {
      this.pinch(pointer, event);
    }
    pointer.x = event.clientX;
    pointer.y = event.clientY;
  }

  up(event: PointerEvent) {
    if (!this.pointers.delete(event.pointerId) || this.mode === 'none') {
      return;
    }
    this.endedDrag = event.type === 'pointerup';
    if (this.mode === 'brush' && this.origin) {
      this.stage.setBrush(undefined);
      this.showBrushed(this.offset(this.origin.x), this.offset(event.clientX));
    }
    if (this.pointers.size === 0) {
      this.mode = 'none';
      this.origin = undefined;
      this.onSettled();
    }
  }

  click(event: MouseEvent) {
    if (this.endedDrag) {
      this.endedDrag = false;
      event.stopPropagation();
      event.preventDefault();
    }
  }

  private pan(dx: number, dy: number) {
    const { stage } = this;
    this.element.scrollTop -= dy;
    stage.show(panBy(stage.window, -dx / this.width, stage.total), false);
  }

  /** The two fingers stay on the frames on which they were set down. */
  private pinch(moved: Pointer, to: PointerEvent) {
    const other = [...this.pointers.values()].find((pointer) => pointer.id !== moved.id);
    if (!other) {
      return;
    }
    const { stage } = this;
    const before = Math.max(10, Math.abs(moved.x - other.x));
    const after = Math.max(10, Math.abs(to.clientX - other.x));
    stage.show(zoomAbout(stage.window, before / after, this.share(other.x), stage.total), false);
  }

  private showBrushed(from: number, to: number) {
    const [left, right] = from < to ? [from, to] : [to, from];
    if (right - left < CLICK_TOLERANCE) {
      return;
    }
    const { window: shown } = this.stage;
    const scale = (shown.right - shown.left) / this.width;
    this.stage.show({ left: shown.left + left * scale, right: shown.left + right * scale }, true);
  }

  private get width(): number {
    return Math.max(1, this.element.clientWidth);
  }

  private offset(clientX: number): number {
    const x = clientX - this.element.getBoundingClientRect().left;
    return Math.min(this.width, Math.max(0, x));
  }

  private share(clientX: number): number {
    return this.offset(clientX) / this.width;
  }
}

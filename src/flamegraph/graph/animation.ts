import { between, type Window } from '../paint/window';

const DURATION_MS = 220;

/** Moves a window to another over several pictures; a new move starts from wherever the running one has come to. */
export class WindowAnimation {
  private request = 0;

  /** `show` is called for every picture, the last time with `to` itself. */
  run(from: Window, to: Window, show: (window: Window) => void): void {
    this.cancel();
    if (prefersReducedMotion()) {
      show(to);
      return;
    }
    let begin: number | undefined;
    const step = (now: number) => {
      begin ??= now;
      const progress = Math.min(1, (now - begin) / DURATION_MS);
      this.request = progress < 1 ? requestAnimationFrame(step) : 0;
      show(between(from, to, easeOut(progress)));
    };
    this.request = requestAnimationFrame(step);
  }

  cancel(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
  }
}

function easeOut(progress: number): number {
  return 1 - Math.pow(1 - progress, 3);
}

function prefersReducedMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

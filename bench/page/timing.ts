/** Size of the picture in CSS pixels: a panel of a large dashboard. */
export const PICTURE = { width: 1600, height: 800 };

export function timed(run: () => void): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}

export function median(times: number[]): number {
  return quantile(times, 0.5);
}

export function quantile(times: number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Canvas calls are recorded and drawn later; reading a pixel back makes the browser draw them now. */
export function flush(context: CanvasRenderingContext2D): void {
  context.getImageData(0, 0, 1, 1);
}

/** Left and right ends of what is shown, as shares of the whole. */
export interface Step {
  readonly left: number;
  readonly right: number;
}

/**
 * 200 steps as a person makes them: in by the wheel to a ten-thousandth about a point, along by dragging, and out
 * again.
 */
export function zoomScript(): Step[] {
  const steps: Step[] = [];
  const about = 0.37;
  const at = (width: number, centre: number) => {
    const left = Math.min(1 - width, Math.max(0, centre - width * about));
    steps.push({ left, right: left + width });
  };
  for (let i = 0; i < 80; i++) {
    at(10 ** (-4 * (i / 79)), about);
  }
  for (let i = 0; i < 60; i++) {
    at(10 ** -2.5, about + i * 10 ** -3);
  }
  for (let i = 0; i < 60; i++) {
    at(10 ** (-2.5 * (1 - i / 59)), about + 0.06);
  }
  return steps;
}

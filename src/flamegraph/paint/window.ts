/** The horizontal part of the profile that is shown, in units of the profile: left edge inclusive, right exclusive. */
export interface Window {
  readonly left: number;
  readonly right: number;
}

/**
 * No window is narrower than this share of the whole: beyond it, positions (doubles with 53 bits) would no longer be
 * exact to a pixel on any screen.
 */
const NARROWEST_SHARE = 1e-12;

/** Moves and narrows a window so that it lies in 0..total and is neither inverted nor too narrow to be drawn. */
export function clampWindow(window: Window, total: number): Window {
  const narrowest = total * NARROWEST_SHARE;
  const width = Math.min(total, Math.max(narrowest, window.right - window.left));
  const left = Math.min(Math.max(0, window.left), total - width);
  return { left, right: left + width };
}

/** Scales a window by `factor` (below 1 zooms in) so that the position at `share` (0 left, 1 right) stays in place. */
export function zoomAbout(window: Window, factor: number, share: number, total: number): Window {
  const width = window.right - window.left;
  const fixed = window.left + width * share;
  const wanted = Math.min(total, Math.max(total * NARROWEST_SHARE, width * factor));
  return clampWindow({ left: fixed - wanted * share, right: fixed + wanted * (1 - share) }, total);
}

/** Moves a window to the right by a share of its own width (negative: to the left), stopping at the ends. */
export function panBy(window: Window, share: number, total: number): Window {
  const shift = (window.right - window.left) * share;
  return clampWindow({ left: window.left + shift, right: window.right + shift }, total);
}

/** The window between two that is shown when `progress` (0..1) of an animation has passed: zooms evenly, not linearly. */
export function between(from: Window, to: Window, progress: number): Window {
  if (progress >= 1) {
    return to;
  }
  const fromWidth = from.right - from.left;
  const toWidth = to.right - to.left;
  if (!(fromWidth > 0) || !(toWidth > 0)) {
    return to;
  }
  const width = fromWidth * Math.pow(toWidth / fromWidth, progress);
  // The same fixed point throughout makes the zoom look as if the camera moved straight towards it.
  const travelled =
    Math.abs(toWidth - fromWidth) > 1e-9 * fromWidth ? (width - fromWidth) / (toWidth - fromWidth) : progress;
  const left = from.left + (to.left - from.left) * travelled;
  return { left, right: left + width };
}

export function sameWindow(a: Window, b: Window): boolean {
  return a.left === b.left && a.right === b.right;
}

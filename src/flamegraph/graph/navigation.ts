import type { CallTree } from '../../engine/callTree';
import type { Window } from '../paint/window';
import type { Shares } from '../state/flameGraphState';

/** Parts of the width that differ by less look the same. */
const SAME_SHARE = 1e-9;

/** What a view of a tree shows: the focused node, unless the user zoomed freely. */
export function windowOf(tree: CallTree, focus: number, shares: Shares | undefined): Window {
  const whole = tree.end[0];
  return shares
    ? { left: shares.left * whole, right: shares.right * whole }
    : { left: tree.start[focus], right: tree.end[focus] };
}

/**
 * Where a free zoom leaves the view: the focus climbs to the nearest caller that holds the whole window, and a window
 * that just shows that node is no free zoom.
 */
export function settle(tree: CallTree, focus: number, window: Window): { focus: number; window?: Shares } {
  const whole = tree.end[0];
  const slack = whole * SAME_SHARE;
  let node = focus;
  while (node !== 0 && (window.left < tree.start[node] - slack || window.right > tree.end[node] + slack)) {
    node = tree.parent[node];
  }
  const shows = Math.abs(window.left - tree.start[node]) <= slack && Math.abs(window.right - tree.end[node]) <= slack;
  return shows ? { focus: node } : { focus: node, window: { left: window.left / whole, right: window.right / whole } };
}

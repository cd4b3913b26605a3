import type { CallTree } from '../../engine/callTree';
import type { Window } from '../paint/window';

/** A node of which fewer CSS pixels show is brought into view when it is selected. */
const SEEN_WIDTH = 3;
/** A node too narrow to be seen then has so many times its own width around it. */
const SURROUNDINGS = 20;

/**
 * The window to show so that a node can be seen, no wider or narrower than needed; undefined when it can be seen already.
 *
 * @param width of the picture in CSS pixels
 */
export function windowToSee({ start, end }: CallTree, node: number, shown: Window, width: number): Window | undefined {
  const { left, right } = shown;
  const scale = width / (right - left);
  const visible = (Math.min(right, end[node]) - Math.max(left, start[node])) * scale;
  if (visible >= SEEN_WIDTH || width === 0) {
    return undefined;
  }
  const own = end[node] - start[node];
  const wanted = own * scale >= SEEN_WIDTH ? right - left : own * SURROUNDINGS;
  const middle = (start[node] + end[node]) / 2;
  return { left: middle - wanted / 2, right: middle + wanted / 2 };
}

/**
 * What became of a node or a function between baseline (left) and comparison (right). 'cut off' is what looks new or
 * gone, but may be there in the other side's remainder.
 */
export type ChangeKind = 'new' | 'gone' | 'grew' | 'shrank' | 'same' | 'cut off';

/** Change relative to the baseline: 0.5 is half as much again, -1 is gone, Infinity is new; 0 when both are 0. */
export function relativeChange(left: number, right: number): number {
  if (left === right) {
    return 0;
  }
  return left === 0 ? Infinity : (right - left) / left;
}

/** Part of a whole, 0 when the whole is empty. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/**
 * Names the change of a value from left to right.
 *
 * @param hidden what each side's server left out where the value might be (hiddenAround)
 * @param tolerance largest difference that is no change, in units of the profile
 */
export function changeKind(
  left: number,
  right: number,
  hidden: { left: number; right: number } = { left: 0, right: 0 },
  tolerance = 0
): ChangeKind {
  if (Math.abs(right - left) <= tolerance) {
    return 'same';
  }
  if (left === 0) {
    return hidden.left < right ? 'new' : 'cut off';
  }
  if (right === 0) {
    return hidden.right < left ? 'gone' : 'cut off';
  }
  return right > left ? 'grew' : 'shrank';
}

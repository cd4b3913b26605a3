import type { CallTree } from '../callTree';

/** Columns that are not there: the comparison's side of a profile that is no diff. */
export const NONE = new Float64Array(0);
/** A stack that will not be looked at again. */
export const NOWHERE = 0xffffffff;

export interface Stacks {
  /** Next frame of the stack; 0 when it is at its end. */
  frame: Uint32Array;
  value: Float64Array;
  valueRight: Float64Array;
}

export function emptyStacks(count: number, diff: boolean): Stacks {
  return {
    frame: new Uint32Array(count),
    value: new Float64Array(count),
    valueRight: diff ? new Float64Array(count) : NONE,
  };
}

/** Callers of the group at hand: used for each group anew, because making arrays would cost more than filling them. */
export interface Callers {
  count: number;
  /** stamp[l] is g + 1 while group g is handled and has a caller of label l, which is number slot[l]. */
  stamp: Uint32Array;
  slot: Uint32Array;
  label: Uint32Array;
  total: Float64Array;
  totalRight: Float64Array;
  /** 1 when some of its stacks go on. */
  callers: Uint8Array;
  /** How many stacks it has, and where they go. */
  stacks: Uint32Array;
  at: Uint32Array;
  order: Uint32Array;
}

export function newCallers(labels: number): Callers {
  return {
    count: 0,
    stamp: new Uint32Array(labels),
    slot: new Uint32Array(labels),
    label: new Uint32Array(labels),
    total: new Float64Array(labels),
    totalRight: new Float64Array(labels),
    callers: new Uint8Array(labels),
    stacks: new Uint32Array(labels),
    at: new Uint32Array(labels),
    order: new Uint32Array(labels),
  };
}

export function framesOf({ size, label, parent }: CallTree): Uint32Array {
  const frames = new Uint32Array(size * 2);
  for (let i = 0; i < size; i++) {
    frames[2 * i] = label[i];
    frames[2 * i + 1] = parent[i];
  }
  return frames;
}

/** Columns of the result; they grow. */
export interface Columns {
  label: Uint32Array;
  parent: Uint32Array;
  childStart: Uint32Array;
  /** One past the group's last stack, in the stacks of its level. */
  stackEnd: Uint32Array;
  self: Float64Array;
  selfRight: Float64Array;
  /** 1 while the group has callers that have not been looked at. */
  callers: Uint8Array;
}

export function newColumns(room: number, diff: boolean): Columns {
  return {
    label: new Uint32Array(room),
    parent: new Uint32Array(room),
    childStart: new Uint32Array(room + 1),
    stackEnd: new Uint32Array(room),
    self: new Float64Array(room),
    selfRight: diff ? new Float64Array(room) : NONE,
    callers: new Uint8Array(room),
  };
}

export function grown(columns: Columns, room: number, diff: boolean): Columns {
  const larger = newColumns(room, diff);
  for (const name of Object.keys(columns) as Array<keyof Columns>) {
    larger[name].set(columns[name]);
  }
  return larger;
}

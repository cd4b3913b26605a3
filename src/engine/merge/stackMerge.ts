import type { Steps } from '../steps';
import type { GroupedNodes } from './groupedNodes';

/** What becomes of a node when stacks are merged. */
export const KEEP = 0;
/** The node goes, its value and its callees stay with its caller. */
export const SPLICE = 1;
/** The node goes with everything below it. */
export const DROP = 2;

/** Nodes to merge, as columns in the numbering of a CallTree (children of i are childStart[i] .. childStart[i + 1]). */
export interface StackColumns {
  childStart: Uint32Array;
  /** Index into the dictionary of the result. */
  label: Uint32Array;
  self: Float64Array;
  selfRight?: Float64Array;
  /** KEEP, SPLICE or DROP for each node; all are kept without it. Roots are always kept. */
  fate?: Uint8Array;
}

export interface MergeRequest {
  stacks: StackColumns;
  /** Nodes that become the one root of the result; none inside another. */
  roots: ArrayLike<number>;
  rootLabel: number;
  /** Number of labels in the dictionary of the result. */
  labelCount: number;
  /** Nodes in the subtrees of the roots, or more. */
  capacity: number;
}

/** Groups handled between two looks at the clock: about a millisecond. */
const BATCH = 4096;

/**
 * Merges stacks from their roots downwards: callees of the same name under the same merged caller become one node.
 * Breadth first, so the result is in level order, and in the order of first appearance among siblings. Each source node
 * is visited once and no hash is needed: items of a group are handled together, and a stamp per label tells whether
 * the group has a child of that name.
 */
export function* mergeStacks(request: MergeRequest): Steps<GroupedNodes> {
  const merge = new StackMerge(request);
  while (!merge.advance(BATCH)) {
    yield merge.done();
  }
  return merge.result();
}

class StackMerge {
  private readonly stacks: StackColumns;
  private readonly capacity: number;
  /** Source nodes, those of one group side by side: group g has items itemStart[g] .. itemStart[g + 1]. */
  private readonly items: Uint32Array;
  private readonly itemStart: Uint32Array;
  private readonly itemGroup: Uint32Array;
  private readonly label: Uint32Array;
  private readonly parent: Uint32Array;
  private readonly childStart: Uint32Array;
  private readonly self: Float64Array;
  private readonly selfRight?: Float64Array;
  /** stamp[l] is g + 1 while group g is handled and has a child of label l, which is group slot[l]. */
  private readonly stamp: Uint32Array;
  private readonly slot: Uint32Array;
  /** Ranges of children still to visit behind a spliced node: next, end, next, end, … */
  private readonly pending: number[] = [];
  private readonly levelOffsets = [0];
  private group = 0;
  private groups = 1;
  private itemCount: number;

  constructor({ stacks, roots, rootLabel, labelCount, capacity }: MergeRequest) {
    const room = Math.max(capacity, roots.length, 1);
    this.stacks = stacks;
    this.capacity = room;
    this.items = new Uint32Array(room);
    this.items.set(roots);
    this.itemCount = roots.length;
    this.itemStart = new Uint32Array(room + 2);
    this.itemStart[1] = roots.length;
    this.itemGroup = new Uint32Array(room);
    this.label = new Uint32Array(room);
    this.label[0] = rootLabel;
    this.parent = new Uint32Array(room);
    this.childStart = new Uint32Array(room + 1);
    this.self = new Float64Array(room);
    this.selfRight = stacks.selfRight && new Float64Array(room);
    this.stamp = new Uint32Array(labelCount);
    this.slot = new Uint32Array(labelCount);
  }

  done(): number {
    return this.itemCount / this.capacity;
  }

  /** Handles up to `count` groups; true when none is left. */
  advance(count: number): boolean {
    const until = Math.min(this.group + count, this.capacity);
    for (; this.group < until && this.group < this.groups; this.group++) {
      if (this.group === this.levelOffsets[this.levelOffsets.length - 1]) {
        this.levelOffsets.push(this.groups);
      }
      const firstChild = this.groups;
      const firstItem = this.itemCount;
      this.expand(this.group);
      this.childStart[this.group] = firstChild;
      this.gather(firstItem, firstChild);
    }
    return this.group === this.groups;
  }

  /** Adds up the items of a group and appends their children, a new group for each new name. */
  private expand(group: number) {
    const { childStart, label, self, selfRight, fate } = this.stacks;
    const { items, itemGroup, stamp, slot, pending } = this;
    const mark = group + 1;
    const last = this.itemStart[group + 1];
    let { groups, itemCount } = this;
    let sum = 0;
    let sumRight = 0;
    for (let k = this.itemStart[group]; k < last; k++) {
      const node = items[k];
      sum += self[node];
      if (selfRight !== undefined) {
        sumRight += selfRight[node];
      }
      let child = childStart[node];
      let end = childStart[node + 1];
      for (;;) {
        if (child === end) {
          if (pending.length === 0) {
            break;
          }
          end = pending.pop()!;
          child = pending.pop()!;
          continue;
        }
        const c = child++;
        if (fate !== undefined && fate[c] !== KEEP) {
          if (fate[c] === SPLICE) {
            sum += self[c];
            sumRight += selfRight === undefined ? 0 : selfRight[c];
            pending.push(child, end);
            child = childStart[c];
            end = childStart[c + 1];
          }
          continue;
        }
        const l = label[c];
        if (stamp[l] !== mark) {
          stamp[l] = mark;
          slot[l] = groups;
          this.label[groups] = l;
          this.parent[groups] = group;
          groups++;
        }
        items[itemCount] = c;
        itemGroup[itemCount++] = slot[l];
      }
    }
    this.self[group] = sum;
    if (this.selfRight) {
      this.selfRight[group] = sumRight;
    }
    this.groups = groups;
    this.itemCount = itemCount;
  }

  /** Brings the items appended by expand() together by group (counting sort; skipped where each has its own group). */
  private gather(firstItem: number, firstGroup: number) {
    const { items, itemStart, itemGroup, groups, itemCount } = this;
    if (itemCount - firstItem === groups - firstGroup) {
      for (let g = firstGroup, k = firstItem; g < groups; g++, k++) {
        itemStart[g] = k;
      }
      itemStart[groups] = itemCount;
      return;
    }
    itemStart.fill(0, firstGroup, groups + 1);
    for (let k = firstItem; k < itemCount; k++) {
      itemStart[itemGroup[k]]++;
    }
    let at = firstItem;
    for (let g = firstGroup; g < groups; g++) {
      const count = itemStart[g];
      itemStart[g] = at;
      at += count;
    }
    const unsorted = items.slice(firstItem, itemCount);
    for (let k = firstItem; k < itemCount; k++) {
      items[itemStart[itemGroup[k]]++] = unsorted[k - firstItem];
    }
    // Each start has moved on to the next group's; move them back.
    for (let g = groups; g > firstGroup; g--) {
      itemStart[g] = itemStart[g - 1];
    }
    itemStart[firstGroup] = firstItem;
  }

  result(): GroupedNodes {
    const size = this.groups;
    this.childStart[size] = size;
    return {
      size,
      label: trimmed(this.label, size),
      parent: trimmed(this.parent, size),
      childStart: trimmed(this.childStart, size + 1),
      self: trimmed(this.self, size),
      ...(this.selfRight && { selfRight: trimmed(this.selfRight, size) }),
      levelOffsets: Uint32Array.from(this.levelOffsets),
    };
  }
}

/** The first `size` elements in memory of their own, so that the rest can be freed. */
function trimmed<T extends Uint32Array | Float64Array>(column: T, size: number): T {
  return column.length === size ? column : (column.slice(0, size) as T);
}

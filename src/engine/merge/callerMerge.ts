import type { CallTree } from '../callTree';
import type { Steps } from '../steps';
import type { GroupedNodes } from './groupedNodes';

/** Stacks to merge from their ends upwards. */
export interface CallerRequest {
  tree: CallTree;
  /** The frame of each stack that comes first below the new root; the stack goes on with its callers. */
  nodes: Uint32Array;
  /** What each stack is worth; in a diff both sides added. */
  value: Float64Array;
  valueRight?: Float64Array;
  rootLabel: number;
  limits: CallerLimits;
}

/**
 * A tree of callers can be as large as all stacks together, far larger than the tree it is made from. What is cut is
 * marked, and can be asked for by its path.
 */
export interface CallerLimits {
  /** Nodes worth less are not expanded, in units of the profile. */
  minTotal: number;
  /** Expansion ends when the result has this many nodes. */
  maxNodes: number;
  /** Expansion ends after this many frames have been looked at. */
  maxFrames: number;
}

const BATCH = 4096;

/**
 * Merges stacks from their ends upwards: callers of the same name above the same merged callee become one node. Level
 * by level, so the heaviest branches are never starved by deep light ones when the limits are reached. The root of the
 * tree stands for the whole profile and is no caller.
 */
export function* mergeCallers(request: CallerRequest): Steps<GroupedNodes> {
  const merge = new CallerMerge(request);
  while (!merge.advance(BATCH)) {
    yield merge.done();
  }
  return merge.result();
}

class CallerMerge {
  private readonly label: Uint32Array;
  private readonly parent: Uint32Array;
  private readonly limits: CallerLimits;
  /** Next frame of each stack; 0 when it is at its end. */
  private readonly next: Uint32Array;
  private readonly value: Float64Array;
  private readonly valueRight?: Float64Array;
  /** Stacks of this level, those of one group side by side, and of the next level. */
  private stacks: Uint32Array;
  private coming: Uint32Array;
  private readonly comingGroup: Uint32Array;
  private comingCount = 0;
  private at = 0;
  private readonly stamp: Uint32Array;
  private readonly slot: Uint32Array;
  private columns: Columns;
  private readonly levelOffsets = [0];
  private group = 0;
  private groups = 1;
  private frames = 0;

  constructor({ tree, nodes, value, valueRight, rootLabel, limits }: CallerRequest) {
    this.label = tree.label;
    this.parent = tree.parent;
    this.limits = limits;
    this.next = nodes.slice();
    this.value = value;
    this.valueRight = valueRight;
    this.stacks = Uint32Array.from(nodes, (_, k) => k);
    this.coming = new Uint32Array(nodes.length);
    this.comingGroup = new Uint32Array(nodes.length);
    this.stamp = new Uint32Array(tree.labels.length);
    this.slot = new Uint32Array(tree.labels.length);
    this.columns = newColumns(Math.max(1024, nodes.length), valueRight !== undefined);
    this.columns.label[0] = rootLabel;
    this.columns.stackEnd[0] = nodes.length;
    this.columns.weight[0] = Infinity;
  }

  /** Groups still open are not known, so this tells how much of what is known has been handled. */
  done(): number {
    return Math.min(0.99, Math.max(this.group / this.groups, this.frames / this.limits.maxFrames));
  }

  advance(count: number): boolean {
    const until = this.group + count;
    for (; this.group < until && this.group < this.groups; this.group++) {
      const levelEnd = this.levelOffsets[this.levelOffsets.length - 1];
      if (this.group === levelEnd) {
        this.levelOffsets.push(this.groups);
        this.nextLevel();
      }
      const group = this.group;
      const from = this.at;
      this.at = this.columns.stackEnd[group];
      this.columns.childStart[group] = this.groups;
      if (this.isBeyondLimits(group)) {
        this.leaveUnexpanded(group, from, this.at);
      } else {
        this.expand(group, from, this.at);
      }
    }
    return this.group === this.groups;
  }

  private nextLevel() {
    if (this.group > 0) {
      [this.stacks, this.coming] = [this.coming, this.stacks];
    }
    this.comingCount = 0;
    this.at = 0;
  }

  private isBeyondLimits(group: number): boolean {
    const { minTotal, maxNodes, maxFrames } = this.limits;
    return this.columns.weight[group] < minTotal || this.groups >= maxNodes || this.frames >= maxFrames;
  }

  private leaveUnexpanded(group: number, from: number, to: number) {
    const { stacks, next, value, valueRight, columns } = this;
    let callers = 0;
    for (let k = from; k < to; k++) {
      const stack = stacks[k];
      callers |= next[stack];
      columns.self[group] += value[stack];
      if (valueRight !== undefined) {
        columns.selfRight[group] += valueRight[stack];
      }
    }
    columns.truncated[group] = callers === 0 ? 0 : 1;
  }

  private expand(group: number, from: number, to: number) {
    this.reserve(to - from);
    const { stacks, next, value, valueRight, columns, stamp, slot, label, parent, coming, comingGroup } = this;
    const { weight } = columns;
    const mark = group + 1;
    const firstGroup = this.groups;
    const firstStack = this.comingCount;
    let groups = firstGroup;
    let count = firstStack;
    for (let k = from; k < to; k++) {
      const stack = stacks[k];
      const frame = next[stack];
      if (frame === 0) {
        columns.self[group] += value[stack];
        if (valueRight !== undefined) {
          columns.selfRight[group] += valueRight[stack];
        }
        continue;
      }
      const l = label[frame];
      next[stack] = parent[frame];
      if (stamp[l] !== mark) {
        stamp[l] = mark;
        slot[l] = groups;
        columns.label[groups] = l;
        columns.parent[groups] = group;
        groups++;
      }
      const child = slot[l];
      weight[child] += value[stack];
      coming[count] = stack;
      comingGroup[count++] = child;
    }
    this.frames += to - from;
    this.groups = groups;
    this.comingCount = count;
    this.gather(firstStack, firstGroup);
  }

  /** Brings the stacks appended by expand() together by group. */
  private gather(firstStack: number, firstGroup: number) {
    const { coming, comingGroup, comingCount, groups } = this;
    const { stackEnd } = this.columns;
    if (comingCount - firstStack === groups - firstGroup) {
      for (let g = firstGroup, end = firstStack + 1; g < groups; g++, end++) {
        stackEnd[g] = end;
      }
      return;
    }
    stackEnd.fill(0, firstGroup, groups);
    for (let k = firstStack; k < comingCount; k++) {
      stackEnd[comingGroup[k]]++;
    }
    let at = firstStack;
    for (let g = firstGroup; g < groups; g++) {
      const count = stackEnd[g];
      stackEnd[g] = at;
      at += count;
    }
    const unsorted = coming.slice(firstStack, comingCount);
    for (let k = firstStack; k < comingCount; k++) {
      coming[stackEnd[comingGroup[k]]++] = unsorted[k - firstStack];
    }
  }

  private reserve(more: number) {
    const needed = this.groups + more;
    if (needed > this.columns.label.length) {
      this.columns = grown(this.columns, Math.max(needed, this.columns.label.length * 2));
    }
  }

  result(): GroupedNodes {
    const size = this.groups;
    const { label, parent, childStart, self, selfRight, truncated } = this.columns;
    return {
      size,
      label: label.slice(0, size),
      parent: parent.slice(0, size),
      childStart: withEnd(childStart, size),
      self: self.slice(0, size),
      ...(this.valueRight && { selfRight: selfRight.slice(0, size) }),
      levelOffsets: Uint32Array.from(this.levelOffsets),
      truncated: truncated.slice(0, size),
    };
  }
}

/** Growing columns of the result, and of each group its weight and where its stacks end. */
interface Columns {
  label: Uint32Array;
  parent: Uint32Array;
  childStart: Uint32Array;
  stackEnd: Uint32Array;
  self: Float64Array;
  selfRight: Float64Array;
  weight: Float64Array;
  truncated: Uint8Array;
}

function newColumns(room: number, diff: boolean): Columns {
  return {
    label: new Uint32Array(room),
    parent: new Uint32Array(room),
    childStart: new Uint32Array(room),
    stackEnd: new Uint32Array(room),
    self: new Float64Array(room),
    selfRight: new Float64Array(diff ? room : 0),
    weight: new Float64Array(room),
    truncated: new Uint8Array(room),
  };
}

function grown(columns: Columns, room: number): Columns {
  const larger = newColumns(room, columns.selfRight.length > 0);
  for (const name of Object.keys(columns) as Array<keyof Columns>) {
    larger[name].set(columns[name]);
  }
  return larger;
}

function withEnd(childStart: Uint32Array, size: number): Uint32Array {
  const column = new Uint32Array(size + 1);
  column.set(childStart.subarray(0, size));
  column[size] = size;
  return column;
}

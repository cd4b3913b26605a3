import type { CallTree } from '../callTree';
import type { Steps } from '../steps';
import type { GroupedNodes } from './groupedNodes';
import {
  emptyStacks,
  framesOf,
  grown,
  newCallers,
  newColumns,
  NONE,
  NOWHERE,
  type Callers,
  type Columns,
  type Stacks,
} from './callerColumns';
import { sortByWeight } from './sortByWeight';

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
  /** Puts the heaviest callers first; else they stand as they were found. */
  heaviestFirst: boolean;
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

/** Groups handled between two looks at the clock: about a millisecond. */
const BATCH = 4096;

/**
 * Merges stacks from their ends upwards: callers of the same name above the same merged callee become one node. Level
 * by level, so heavy branches are not starved by deep light ones when the limits are reached. The root of the tree
 * stands for the whole profile and is no caller.
 */
export function* mergeCallers(request: CallerRequest): Steps<GroupedNodes> {
  const merge = new CallerMerge(request);
  while (!merge.advance(BATCH)) {
    yield merge.done();
  }
  return merge.result();
}

class CallerMerge {
  private readonly limits: CallerLimits;
  private readonly heaviestFirst: boolean;
  private readonly diff: boolean;
  /** Label and caller of each node side by side, because they are looked up together and far apart from the last. */
  private readonly frames: Uint32Array;
  /** Stacks of the level at hand, those of one group side by side. */
  private stacks: Stacks;
  /** Stacks of the level to come, as far as they will be looked at. */
  private coming: Stacks;
  private comingCount = 0;
  /** Where the stacks of the next group begin. */
  private at = 0;
  /** Stacks and callers of the group at hand, before they are put in order. */
  private readonly raised: Stacks & { child: Uint32Array };
  private readonly found: Callers;
  private columns: Columns;
  private readonly levelOffsets = [0];
  private group = 0;
  private groups = 1;
  private seen = 0;

  constructor({ tree, nodes, value, valueRight, rootLabel, limits, heaviestFirst }: CallerRequest) {
    const count = nodes.length;
    this.limits = limits;
    this.heaviestFirst = heaviestFirst;
    this.diff = valueRight !== undefined;
    this.frames = framesOf(tree);
    this.stacks = { frame: nodes, value, valueRight: valueRight ?? NONE };
    this.coming = emptyStacks(count, this.diff);
    this.raised = { ...emptyStacks(count, this.diff), child: new Uint32Array(count) };
    this.found = newCallers(tree.labels.length);
    this.columns = newColumns(count * 2 + 16, this.diff);
    this.columns.label[0] = rootLabel;
    this.columns.callers[0] = 1;
    this.columns.self[0] = Infinity;
    this.columns.stackEnd[0] = count;
  }

  /** How many groups there will be is not known, so this tells how much of what is known has been handled. */
  done(): number {
    return Math.min(0.99, Math.max(this.group / this.groups, this.seen / this.limits.maxFrames));
  }

  /** Handles up to `count` groups; true when none is left. */
  advance(count: number): boolean {
    const { maxNodes, maxFrames } = this.limits;
    const until = this.group + count;
    for (; this.group < until && this.group < this.groups; this.group++) {
      if (this.group === this.levelOffsets[this.levelOffsets.length - 1]) {
        this.levelOffsets.push(this.groups);
        this.nextLevel();
      }
      const group = this.group;
      const from = this.at;
      this.at = this.columns.stackEnd[group];
      this.columns.childStart[group] = this.groups;
      if (this.isWorthIt(this.columns.callers[group], this.columns.self[group])) {
        if (group === 0 || (this.groups < maxNodes && this.seen < maxFrames)) {
          this.expand(group, from, this.at);
        }
      }
    }
    return this.group === this.groups;
  }

  private isWorthIt(callers: number, value: number): boolean {
    return callers === 1 && value >= this.limits.minTotal;
  }

  private nextLevel() {
    if (this.group > 0) {
      // The first level's stacks belong to whoever asked; they are not written to.
      const free = this.levelOffsets.length === 3 ? emptyStacks(this.comingCount, this.diff) : this.stacks;
      this.stacks = this.coming;
      this.coming = free;
    }
    this.comingCount = 0;
    this.at = 0;
  }

  private expand(group: number, from: number, to: number) {
    const count = this.raise(group, from, to);
    this.reserve(this.found.count);
    this.append(group);
    this.place(count);
    this.seen += to - from;
  }

  /** Takes each stack of a group one frame up and adds up its callers. What has none stays as the group's self. */
  private raise(group: number, from: number, to: number): number {
    const { frames, diff } = this;
    const { frame, value, valueRight } = this.stacks;
    const { frame: raisedFrame, value: raisedValue, valueRight: raisedRight, child: raisedChild } = this.raised;
    const { stamp, slot, label, total, totalRight, callers, stacks } = this.found;
    const mark = group + 1;
    let found = 0;
    let count = 0;
    let ended = 0;
    let endedRight = 0;
    for (let k = from; k < to; k++) {
      const f = frame[k];
      if (f === 0) {
        ended += value[k];
        endedRight += diff ? valueRight[k] : 0;
        continue;
      }
      const l = frames[2 * f];
      const caller = frames[2 * f + 1];
      if (stamp[l] !== mark) {
        stamp[l] = mark;
        slot[l] = found;
        label[found] = l;
        total[found] = 0;
        totalRight[found] = 0;
        callers[found] = 0;
        stacks[found] = 0;
        found++;
      }
      const child = slot[l];
      total[child] += value[k];
      callers[child] |= caller === 0 ? 0 : 1;
      stacks[child]++;
      raisedFrame[count] = caller;
      raisedValue[count] = value[k];
      raisedChild[count] = child;
      if (diff) {
        totalRight[child] += valueRight[k];
        raisedRight[count] = valueRight[k];
      }
      count++;
    }
    this.found.count = found;
    this.columns.self[group] = ended;
    this.columns.callers[group] = 0;
    if (diff) {
      this.columns.selfRight[group] = endedRight;
    }
    return count;
  }

  /** Makes groups of the callers that were found, in order, and room for the stacks of those that will be expanded. */
  private append(group: number) {
    const { found, columns, diff } = this;
    const { order } = found;
    for (let k = 0; k < found.count; k++) {
      order[k] = k;
    }
    if (this.heaviestFirst && found.count > 1) {
      sortByWeight(order, 0, found.count, found.total);
    }
    for (let k = 0; k < found.count; k++) {
      const child = order[k];
      const g = this.groups++;
      columns.label[g] = found.label[child];
      columns.parent[g] = group;
      columns.self[g] = found.total[child];
      columns.callers[g] = found.callers[child];
      if (diff) {
        columns.selfRight[g] = found.totalRight[child];
      }
      found.at[child] = NOWHERE;
      if (this.isWorthIt(found.callers[child], found.total[child])) {
        found.at[child] = this.comingCount;
        this.comingCount += found.stacks[child];
      }
      columns.stackEnd[g] = this.comingCount;
    }
  }

  /** Puts the stacks that were raised where their groups want them. */
  private place(count: number) {
    const { diff } = this;
    const { at } = this.found;
    const { frame, value, valueRight, child } = this.raised;
    const { frame: nextFrame, value: nextValue, valueRight: nextRight } = this.coming;
    for (let k = 0; k < count; k++) {
      const place = at[child[k]];
      if (place === NOWHERE) {
        continue;
      }
      at[child[k]] = place + 1;
      nextFrame[place] = frame[k];
      nextValue[place] = value[k];
      if (diff) {
        nextRight[place] = valueRight[k];
      }
    }
  }

  private reserve(more: number) {
    const room = this.columns.label.length;
    if (this.groups + more > room) {
      this.columns = grown(this.columns, Math.max(this.groups + more, room * 2), this.diff);
    }
  }

  result(): GroupedNodes {
    const size = this.groups;
    const { label, parent, childStart, self, selfRight, callers } = this.columns;
    const ends = childStart.slice(0, size + 1);
    ends[size] = size;
    return {
      size,
      label: label.slice(0, size),
      parent: parent.slice(0, size),
      childStart: ends,
      self: self.slice(0, size),
      ...(this.diff && { selfRight: selfRight.slice(0, size) }),
      levelOffsets: Uint32Array.from(this.levelOffsets),
      truncated: callers.slice(0, size),
    };
  }
}

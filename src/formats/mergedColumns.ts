import { SYNTHETIC_ROOT, type FlameColumns, type Steps } from '../engine';

import type { StackProfile } from './stackProfile';
import { commonUnit } from './units';

/** The values of one sample type. */
export interface Measure {
  readonly profile: StackProfile;
  /** Index of the sample type. */
  readonly type: number;
  /** Takes only what is below or above 0, as a positive number. */
  readonly only?: 'below' | 'above';
}

/** Nodes and names fit in 26 bits each, so that a pair makes one exact number. */
const PAIR = 2 ** 26;
const BATCH = 1 << 16;

/**
 * Merges samples by the names on their stacks into the columns of a flame graph: of one side, or of a baseline and a
 * comparison. Values are in nanoseconds, bytes or counts. Siblings are in the order of their names; what is worth
 * nothing is left out.
 */
export function* mergedColumnsSteps(
  sides: readonly [readonly Measure[]] | readonly [readonly Measure[], readonly Measure[]]
): Steps<FlameColumns> {
  const tree = new NamedTree(sides.length);
  const measures = sides.reduce((sum, side) => sum + side.length, 0);
  let read = 0;
  for (const [side, list] of sides.entries()) {
    for (const measure of list) {
      for (const done of tree.add(measure, side)) {
        yield ((read + done) / measures) * 0.7;
      }
      read++;
    }
  }
  return yield* tree.columns();
}

export function hasNegative({ profile, type }: Measure): boolean {
  return profile.values[type].some((value) => value < 0);
}

class NamedTree {
  private readonly labels: string[] = [];
  private readonly labelIds = new Map<string, number>();
  private readonly label: number[] = [this.labelOf(SYNTHETIC_ROOT)];
  private readonly parent: number[] = [-1];
  private readonly nodes = new Map<number, number>();
  private readonly self: number[][];

  constructor(sides: number) {
    this.self = Array.from({ length: sides }, () => [0]);
  }

  *add({ profile, type, only }: Measure, side: number): Generator<number, void, void> {
    const { frames, stackParent, stackFrame, sampleStack, values, sampleTypes } = profile;
    const labels = frames.map(({ name }) => this.labelOf(name));
    const nodeOf = new Int32Array(stackParent.length);
    for (let stack = 0; stack < nodeOf.length; stack++) {
      const caller = stackParent[stack] < 0 ? 0 : nodeOf[stackParent[stack]];
      nodeOf[stack] = this.child(caller, labels[stackFrame[stack]]);
      if (stack % BATCH === 0) {
        yield (stack / nodeOf.length) * 0.5;
      }
    }
    const { factor } = commonUnit(sampleTypes[type].unit);
    const sign = only === 'below' ? -factor : factor;
    const self = this.self[side];
    const column = values[type];
    for (let sample = 0; sample < column.length; sample++) {
      const value = column[sample] * sign;
      if (only === undefined || value > 0) {
        self[sampleStack[sample] < 0 ? 0 : nodeOf[sampleStack[sample]]] += value;
      }
      if (sample % BATCH === 0) {
        yield 0.5 + (sample / column.length) * 0.5;
      }
    }
  }

  *columns(): Steps<FlameColumns> {
    const { label, parent, labels } = this;
    const size = label.length;
    const totals = this.self.map((self) => Float64Array.from(self));
    for (let node = size - 1; node > 0; node--) {
      totals.forEach((total) => (total[parent[node]] += total[node]));
    }
    yield 0.75;
    const children = this.children(totals);
    const rows = [0];
    const levels = [0];
    // Depth first: what is opened last is visited first.
    const open = [...children(0)].reverse().map((node) => ({ node, level: 1 }));
    for (let next = open.pop(); next; next = open.pop()) {
      rows.push(next.node);
      levels.push(next.level);
      const below = children(next.node);
      for (let i = below.length - 1; i >= 0; i--) {
        open.push({ node: below[i], level: next.level + 1 });
      }
      if (rows.length % BATCH === 0) {
        yield 0.75 + (rows.length / size) * 0.25;
      }
    }
    const column = (values: ArrayLike<number>) => Float64Array.from(rows, (node) => values[node]);
    const [left, right] = totals;
    return {
      level: Float64Array.from(levels),
      label: { index: column(label), text: labels },
      value: column(left),
      self: column(this.self[0]),
      ...(right && { valueRight: column(right), selfRight: column(this.self[1]) }),
    };
  }

  /** Gives the children of a node that are worth something, by name. */
  private children(totals: readonly Float64Array[]): (node: number) => readonly number[] {
    const { parent, label, labels } = this;
    const lists = new Map<number, number[]>();
    for (let node = 1; node < parent.length; node++) {
      if (totals.some((total) => total[node] !== 0)) {
        const list = lists.get(parent[node]);
        if (list) {
          list.push(node);
        } else {
          lists.set(parent[node], [node]);
        }
      }
    }
    const byName = (a: number, b: number) => (labels[label[a]] < labels[label[b]] ? -1 : 1);
    lists.forEach((list) => list.sort(byName));
    return (node) => lists.get(node) ?? [];
  }

  private labelOf(name: string): number {
    let id = this.labelIds.get(name);
    if (id === undefined) {
      id = this.labels.length;
      this.labels.push(name);
      this.labelIds.set(name, id);
    }
    return id;
  }

  private child(caller: number, label: number): number {
    const key = caller * PAIR + label;
    let node = this.nodes.get(key);
    if (node === undefined) {
      node = this.label.length;
      this.label.push(label);
      this.parent.push(caller);
      this.self.forEach((self) => self.push(0));
      this.nodes.set(key, node);
    }
    return node;
  }
}

import { functionNames } from './names';
import { seeded, type Random } from './random';

/** Columns of a flame frame as plain arrays, as a JSON answer of the datasource gives them to the browser. */
export interface GeneratedFrame {
  level: number[];
  value: number[];
  self: number[];
  /** Index into text. */
  label: number[];
  text: string[];
}

export interface Shape {
  /** Rows, the root included. */
  nodes: number;
  /** Levels below the root that are reached and never exceeded. */
  depth: number;
  labels: number;
  seed: number;
}

/** Names of the shapes that the gates speak of. */
export const SHAPES = {
  '10k': { nodes: 10_000, depth: 60, labels: 2_000, seed: 1 },
  '100k': { nodes: 100_000, depth: 85, labels: 8_000, seed: 2 },
  '1M': { nodes: 1_000_000, depth: 120, labels: 20_000, seed: 3 },
  /** A second profile for diffs: the same functions, other stacks and values in part. */
  '1M-comparison': { nodes: 1_000_000, depth: 120, labels: 20_000, seed: 3 },
  deep: { nodes: 10_001, depth: 10_000, labels: 400, seed: 4 },
  wide: { nodes: 200_001, depth: 1, labels: 200_000, seed: 5 },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** A synthetic profile; the same name gives the same profile. */
export function generate(name: ShapeName): GeneratedFrame {
  const shape: Shape = SHAPES[name];
  if (name === 'deep') {
    return fill(shape, oneStack(shape));
  }
  if (name === 'wide') {
    return fill(shape, siblings(shape));
  }
  return fill(shape, randomTree(shape, name === '1M-comparison' ? 0.05 : 0), name === '1M-comparison' ? 99 : 0);
}

interface Rows {
  level: number[];
  label: number[];
}

function oneStack({ nodes, labels }: Shape): Rows {
  const level = Array.from({ length: nodes }, (_, row) => row);
  return { level, label: level.map((row) => row % labels) };
}

function siblings({ nodes, labels }: Shape): Rows {
  const level = Array.from({ length: nodes }, (_, row) => (row === 0 ? 0 : 1));
  return { level, label: level.map((_, row) => row % labels) };
}

/**
 * Depth-first rows of a tree whose depth wanders between the root and the limit. Labels are drawn with a falling
 * density (the most frequent of 20,000 has about 7,000 of a million nodes); siblings have different names.
 *
 * @param changed share of the stacks that get another name than the same seed gives without
 */
function randomTree({ nodes, depth, labels, seed }: Shape, changed: number): Rows {
  const random = seeded(seed);
  const other = seeded(seed + 1000);
  const level = [0];
  const label = [0];
  const taken: Array<Set<number>> = [];
  let current = 0;
  for (let row = 1; row < nodes; row++) {
    current = row <= depth ? row : nextLevel(current, depth, random);
    taken[current + 1] = new Set();
    const siblingsSoFar = (taken[current] ??= new Set());
    let name = drawLabel(labels, random);
    if (changed > 0 && other() < changed) {
      name = drawLabel(labels, other);
    }
    while (siblingsSoFar.has(name)) {
      name = 1 + (name % (labels - 1));
    }
    siblingsSoFar.add(name);
    level.push(current);
    label.push(name);
  }
  return { level, label };
}

/** Goes one deeper or back up by a few levels; the deeper it is, the more likely up. Settles at a third of the limit. */
function nextLevel(current: number, depth: number, random: Random): number {
  if (current < depth && random() < 0.85 - (0.75 * current) / depth) {
    return current + 1;
  }
  const up = Math.floor(-Math.log(1 - random()) * 2);
  return Math.max(1, current - up);
}

/** Label 0 is the root's. */
function drawLabel(labels: number, random: Random): number {
  return 1 + Math.floor((labels - 1) * random() ** 2);
}

/** Adds values: leaves and one in four of the other nodes have samples of their own, of very different sizes. */
function fill(shape: Shape, { level, label }: Rows, valueSeed = 0): GeneratedFrame {
  const random = seeded(shape.seed * 7919 + valueSeed);
  const rows = level.length;
  const self = new Array<number>(rows).fill(0);
  const value = new Array<number>(rows).fill(0);
  const below: number[] = new Array(shape.depth + 2).fill(0);
  for (let row = rows - 1; row >= 0; row--) {
    const l = level[row];
    const leaf = row + 1 === rows || level[row + 1] <= l;
    self[row] = leaf || random() < 0.25 ? 10_000_000 * Math.ceil(0.2 / (random() + 0.0005)) : 0;
    value[row] = self[row] + below[l + 1];
    below[l + 1] = 0;
    below[l] += value[row];
  }
  const text = ['total', ...functionNames(shape.labels - 1, shape.seed)];
  return { level, value, self, label, text };
}

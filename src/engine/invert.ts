import type { CallTree } from './callTree';
import { assemble } from './merge/assemble';
import { mergeCallers, type CallerLimits } from './merge/callerMerge';
import { orderSiblings, type SiblingOrder } from './merge/siblings';
import { outermostOf } from './occurrences';
import { pick } from './pick';
import { runNow, type Steps } from './steps';
import { total } from './traverse';

/** A tree that reads from callees to callers: the children of a node are its callers. */
export interface CallersTree {
  tree: CallTree;
  /**
   * 1 for nodes whose callers were left out because the limits were reached; their value counts as self. Ask again
   * with the path to such a node to see its callers.
   */
  truncated: Uint8Array;
}

export interface CallersOptions {
  /** Order of callers from left to right; the heaviest first by default. */
  order?: SiblingOrder;
  /**
   * Names from the first child of the inverted root upwards (callee, caller, caller's caller …). Only stacks that end
   * so are taken, and the last name becomes the root.
   */
  path?: readonly string[];
  /** Nodes with a smaller share of the whole are not expanded. Default: 0 where that is affordable, else 1e-5. */
  minShare?: number;
  /** Default 2^20 nodes. */
  maxNodes?: number;
}

/** Frames that are looked at without a second thought, and at most: about 20 ms and a second. */
const CHEAP_FRAMES = 2e6;
const MAX_FRAMES = 3e7;
const DEFAULT_MIN_SHARE = 1e-5;

/**
 * The whole tree from the bottom up: below the root every function with its self value, below each its callers. Shows
 * where the value arises, whatever path led there.
 */
export function invert(tree: CallTree, options: CallersOptions = {}): CallersTree {
  return runNow(invertSteps(tree, options));
}

export function* invertSteps(tree: CallTree, options: CallersOptions = {}): Steps<CallersTree> {
  const nodes = nodesWithSelf(tree);
  const value = pick(tree.self, nodes);
  const valueRight = tree.diff && pick(tree.diff.selfRight, nodes);
  return yield* build(tree, { nodes, value, valueRight, rootLabel: tree.label[0] }, options);
}

/**
 * Who calls a function, over the whole tree: the root is the function, its children are its callers and so on up.
 * Stacks with the function on them several times count once, from its outermost call.
 */
export function callers(tree: CallTree, label: number, options: CallersOptions = {}): CallersTree {
  return runNow(callersSteps(tree, label, options));
}

export function* callersSteps(tree: CallTree, label: number, options: CallersOptions = {}): Steps<CallersTree> {
  const outermost = outermostOf(tree, label);
  const value = Float64Array.from(outermost, (i) => total(tree, i));
  const valueRight = tree.diff && pick(tree.diff.totalRight, outermost);
  const nodes = outermost.map((i) => tree.parent[i]);
  return yield* build(tree, { nodes, value, valueRight, rootLabel: label }, options);
}

interface Stacks {
  nodes: Uint32Array;
  value: Float64Array;
  valueRight?: Float64Array;
  rootLabel: number;
}

function* build(tree: CallTree, all: Stacks, options: CallersOptions): Steps<CallersTree> {
  const { order = 'heaviest', path = [] } = options;
  const stacks = path.length > 0 ? along(tree, all, path) : all;
  const limits = limitsFor(tree, stacks, options);
  const merged = yield* mergeCallers({ tree, ...stacks, limits, heaviestFirst: order === 'heaviest' });
  const { truncated, ...nodes } = order === 'name' ? orderSiblings(merged, order, tree.labels) : merged;
  return { tree: assemble(nodes, tree.labels), truncated: truncated! };
}

function nodesWithSelf({ size, self }: CallTree): Uint32Array {
  const nodes = new Uint32Array(size);
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (self[i] > 0) {
      nodes[count++] = i;
    }
  }
  return nodes.slice(0, count);
}

/** Only the stacks that go up along the names, each standing where the names end. */
function along(tree: CallTree, stacks: Stacks, path: readonly string[]): Stacks {
  const wanted = path.map((name) => tree.labels.indexOf(name));
  const nodes = stacks.nodes.slice();
  const chosen: number[] = [];
  for (let k = 0; k < nodes.length; k++) {
    let node = nodes[k];
    let depth = 0;
    while (depth < wanted.length && node !== 0 && tree.label[node] === wanted[depth]) {
      node = tree.parent[node];
      depth++;
    }
    if (depth === wanted.length) {
      nodes[k] = node;
      chosen.push(k);
    }
  }
  const indices = Uint32Array.from(chosen);
  return {
    nodes: indices.map((k) => nodes[k]),
    value: pick(stacks.value, indices),
    valueRight: stacks.valueRight && pick(stacks.valueRight, indices),
    rootLabel: Math.max(0, wanted[wanted.length - 1]),
  };
}

function limitsFor(tree: CallTree, { nodes }: Stacks, options: CallersOptions): CallerLimits {
  const { maxNodes = 2 ** 20 } = options;
  const minShare = options.minShare ?? (framesAbove(tree, nodes) <= CHEAP_FRAMES ? 0 : DEFAULT_MIN_SHARE);
  return { minTotal: minShare * total(tree, 0), maxNodes, maxFrames: MAX_FRAMES };
}

/** Frames from the nodes up to the root, all added up: what merging their stacks would cost. Nodes ascend by level. */
function framesAbove({ levelOffsets }: CallTree, nodes: Uint32Array): number {
  let frames = 0;
  let level = 0;
  for (let k = 0; k < nodes.length; k++) {
    const node = nodes[k];
    while (node >= levelOffsets[level + 1]) {
      level++;
    }
    frames += level;
  }
  return frames;
}

import type { CallTree } from '../callTree';
import type { LabelMatches } from '../search';
import { topTable } from '../topTable';
import { depthFirstOrder, total } from '../traverse';
import { largest } from './heaviestStacks';
import { PairIndex } from './pairIndex';

/** Who calls whom, by function: edge e goes from labels[caller[e]] to labels[callee[e]]. */
export interface CallEdges {
  readonly size: number;
  readonly caller: Uint32Array;
  readonly callee: Uint32Array;
  /** Value of all stacks with this call on them, each counted once; in a diff both sides added. */
  readonly total: Float64Array;
  /** The comparison's part, in a diff. */
  readonly totalRight?: Float64Array;
  /** 1 where the call goes through functions that are not shown, on every stack or on some. */
  readonly indirect: Uint8Array;
}

/**
 * Adds up calls by caller and callee, each once a stack, a function's calls of itself left out (as pprof does). The
 * root is no caller.
 *
 * @param shown functions to keep; a call between two that goes only through others is an indirect edge. All by default.
 */
export function callEdges(tree: CallTree, shown?: LabelMatches): CallEdges {
  const { size, label, parent, subtreeEnd, diff } = tree;
  const order = depthFirstOrder(tree);
  const pairs = new PairIndex();
  const nearest = nearestShown(tree, shown);
  const sums = { inside: new Uint32Array(1024), total: new Float64Array(1024), right: new Float64Array(1024) };
  let { inside, total: sum, right } = sums;
  let indirect = new Uint8Array(1024);
  for (let d = 1; d < size; d++) {
    const i = order[d];
    const from = nearest[parent[i]];
    if (from === 0 || nearest[i] !== i || label[from] === label[i]) {
      continue;
    }
    const edge = pairs.of(label[from], label[i]);
    if (edge === sum.length) {
      inside = doubled(inside, Uint32Array);
      sum = doubled(sum, Float64Array);
      right = doubled(right, Float64Array);
      indirect = doubled(indirect, Uint8Array);
    }
    indirect[edge] |= from === parent[i] ? 0 : 1;
    if (d >= inside[edge]) {
      inside[edge] = subtreeEnd[i];
      sum[edge] += total(tree, i);
      right[edge] += diff ? diff.totalRight[i] : 0;
    }
  }
  const { first, second } = pairs.columns();
  return {
    size: pairs.size,
    caller: first,
    callee: second,
    total: sum.slice(0, pairs.size),
    ...(diff && { totalRight: right.slice(0, pairs.size) }),
    indirect: indirect.slice(0, pairs.size),
  };
}

/** The node itself when it is shown, else the nearest caller that is; 0 when there is none. */
function nearestShown({ size, label, parent }: CallTree, shown?: LabelMatches): Uint32Array {
  const nearest = new Uint32Array(size);
  for (let i = 1; i < size; i++) {
    nearest[i] = shown === undefined || shown[label[i]] === 1 ? i : nearest[parent[i]];
  }
  return nearest;
}

function doubled<T extends Uint8Array | Uint32Array | Float64Array>(column: T, make: new (length: number) => T): T {
  const larger = new make(column.length * 2);
  larger.set(column);
  return larger;
}

/** The heaviest part of the call graph: what `pprof -web` draws. */
export interface CallGraph {
  /** Functions, the heaviest first. */
  readonly functions: readonly CallGraphFunction[];
  /** Calls between them. */
  readonly edges: CallEdges;
}

export interface CallGraphFunction {
  label: number;
  self: number;
  total: number;
  selfRight: number;
  totalRight: number;
}

export interface CallGraphOptions {
  /** Most functions that are kept. Default 80, as in pprof. */
  maxFunctions?: number;
  /** Functions with a smaller share of the whole are left out. Default 0.005. */
  minShare?: number;
  /** Calls with a smaller share of the whole are left out. Default 0.001. */
  minEdgeShare?: number;
}

export function callGraph(tree: CallTree, options: CallGraphOptions = {}): CallGraph {
  const { maxFunctions = 80, minShare = 0.005, minEdgeShare = 0.001 } = options;
  const whole = total(tree, 0);
  const table = topTable(tree);
  const isRoot = (row: number) => table.label[row] === tree.label[0] && table.nodes[row] === 1;
  const weights = table.total.map((value, row) => (isRoot(row) || value < minShare * whole ? 0 : value));
  const rows = largest(weights, table.size, maxFunctions);
  const shown = new Uint8Array(tree.labels.length);
  for (const row of rows) {
    shown[table.label[row]] = 1;
  }
  const edges = callEdges(tree, shown);
  return {
    functions: rows.map((row) => ({
      label: table.label[row],
      self: table.self[row],
      total: table.total[row],
      selfRight: table.diff?.selfRight[row] ?? 0,
      totalRight: table.diff?.totalRight[row] ?? 0,
    })),
    edges: only(edges, (e) => edges.total[e] >= minEdgeShare * whole),
  };
}

function only(edges: CallEdges, wanted: (edge: number) => boolean): CallEdges {
  const kept = Uint32Array.from(edges.caller, (_, e) => e).filter(wanted);
  return {
    size: kept.length,
    caller: kept.map((e) => edges.caller[e]),
    callee: kept.map((e) => edges.callee[e]),
    total: Float64Array.from(kept, (e) => edges.total[e]),
    ...(edges.totalRight && { totalRight: Float64Array.from(kept, (e) => edges.totalRight![e]) }),
    indirect: Uint8Array.from(kept, (e) => edges.indirect[e]),
  };
}

/** One function of pprof's `tree` report: who calls it and whom it calls, the heaviest first. Numbers are edges. */
export function neighbours(edges: CallEdges, label: number): { callers: number[]; callees: number[] } {
  const callers: number[] = [];
  const callees: number[] = [];
  for (let e = 0; e < edges.size; e++) {
    if (edges.callee[e] === label) {
      callers.push(e);
    }
    if (edges.caller[e] === label) {
      callees.push(e);
    }
  }
  const heaviestFirst = (a: number, b: number) => edges.total[b] - edges.total[a] || a - b;
  return { callers: callers.sort(heaviestFirst), callees: callees.sort(heaviestFirst) };
}

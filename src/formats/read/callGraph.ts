import type { Steps } from '../../engine';
import type { SampleType } from '../stackProfile';

import type { FileLimits } from './limits';
import { PartBuilder } from './partBuilder';

/** Who calls whom and what it costs, without whole stacks. */
export interface CallGraph {
  readonly types: SampleType[];
  readonly functions: ReadonlyMap<string, GraphFunction>;
}

export interface GraphFunction {
  readonly name: string;
  readonly file: string;
  /** Its own costs, one a type, by the file whose code they come from: inlined code is of another file. */
  readonly self: Map<string, number[]>;
  /** What was spent in each callee, what it calls included. */
  readonly calls: Map<GraphFunction, number[]>;
}

interface Open {
  readonly made: GraphFunction;
  /** Stack of the caller. */
  readonly caller: number;
  /** Share of each of the function's costs that belongs to this path. */
  readonly share: readonly number[];
  readonly path: Path | undefined;
  readonly depth: number;
}

interface Path {
  readonly made: GraphFunction;
  readonly caller: Path | undefined;
}

/** Paths that carry less of the whole are not followed: their number has no bound. */
const LEAST = 1e-5;
const DEEPEST = 256;
const NODES_A_STEP = 1024;

interface Shared {
  readonly made: GraphFunction;
  /** Stack of the caller. */
  readonly caller: number;
  readonly share: readonly number[];
}

/**
 * Shares the costs of functions out among the paths that lead to them, each callee's among its callers by what they
 * spent in it. What a function spends in one that is already on the path is recursion, and is its own cost already.
 * However the paths come out, the costs of each function add up to what the file says.
 */
export function* stacksOfCallGraph(
  graph: CallGraph,
  limits: FileLimits
): Steps<{ readonly part: PartBuilder; readonly isCut: boolean }> {
  const { types } = graph;
  const part = new PartBuilder(types, limits);
  const functions = [...graph.functions.values()];
  const { shared, isCut } = yield* share(functions, types.length, part);
  const sums = new Map<GraphFunction, number[]>();
  for (const { made, share: own } of shared) {
    const sum = sums.get(made) ?? types.map(() => 0);
    own.forEach((each, type) => (sum[type] += each));
    sums.set(made, sum);
  }
  for (const { made, caller, share: own } of shared) {
    const sum = sums.get(made)!;
    addSelf(
      part,
      made,
      caller,
      own.map((each, type) => (sum[type] > 0 ? each / sum[type] : 0))
    );
  }
  for (const made of functions) {
    // What no path leads to that is worth following stands for itself.
    addSelf(
      part,
      made,
      -1,
      types.map((_, type) => ((sums.get(made)?.[type] ?? 0) > 0 ? 0 : 1))
    );
  }
  return { part, isCut };
}

function addSelf(part: PartBuilder, made: GraphFunction, caller: number, own: readonly number[]) {
  for (const [file, costs] of made.self) {
    const values = own.map((each, type) => (costs[type] ?? 0) * each);
    if (values.some((value) => value !== 0)) {
      part.add(part.stack(caller, part.frame(made.name, file)), values);
    }
  }
}

/** Follows the calls from the functions that nobody calls, and says which share of a function belongs to which path. */
function* share(
  functions: readonly GraphFunction[],
  types: number,
  part: PartBuilder
): Steps<{ readonly shared: readonly Shared[]; readonly isCut: boolean }> {
  const whole = Array.from({ length: types }, (_, type) =>
    functions.reduce((sum, { self }) => sum + selfOf(self, type), 0)
  );
  const reached = new Set<GraphFunction>();
  const shared: Shared[] = [];
  let isCut = false;
  for (const root of rootsOf(functions)) {
    const open: Open[] = reached.has(root)
      ? []
      : [{ made: root, caller: -1, share: whole.map(() => 1), path: undefined, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { made, caller, share: own, depth } = next;
      reached.add(made);
      shared.push({ made, caller, share: own });
      const path: Path = { made, caller: next.path };
      const stack = part.stack(caller, part.frame(made.name, made.file));
      for (const [callee, costs] of made.calls) {
        if (isOn(path, callee)) {
          continue;
        }
        reached.add(callee);
        const spent = whole.map((_, type) => (costs[type] ?? 0) * own[type]);
        if (spent.every((cost, type) => cost <= LEAST * whole[type]) || depth >= DEEPEST) {
          isCut = true;
          continue;
        }
        const inside = insideOf(callee, path, types);
        const itsShare = spent.map((cost, type) => (inside[type] > 0 ? cost / inside[type] : 0));
        open.push({ made: callee, caller: stack, share: itsShare, path, depth: depth + 1 });
      }
      if (shared.length % NODES_A_STEP === 0) {
        yield 0.5;
      }
    }
  }
  return { shared, isCut };
}

/** Functions that nobody calls come first; then, for what only calls itself in circles, the costliest. */
function rootsOf(functions: readonly GraphFunction[]): GraphFunction[] {
  const called = new Set<GraphFunction>();
  for (const made of functions) {
    for (const callee of made.calls.keys()) {
      if (callee !== made) {
        called.add(callee);
      }
    }
  }
  const cost = new Map(functions.map((made) => [made, insideOf(made, undefined, 1)[0]]));
  return [...functions].sort(
    (a, b) => Number(called.has(a)) - Number(called.has(b)) || (cost.get(b) ?? 0) - (cost.get(a) ?? 0)
  );
}

/** What a function costs with its callees, without those it recurses into. */
function insideOf(made: GraphFunction, path: Path | undefined, types: number): number[] {
  const sums = Array.from({ length: types }, (_, type) => selfOf(made.self, type));
  for (const [callee, costs] of made.calls) {
    if (callee !== made && !isOn(path, callee)) {
      costs.forEach((cost, type) => (sums[type] += cost));
    }
  }
  return sums;
}

function isOn(path: Path | undefined, made: GraphFunction): boolean {
  for (let at = path; at; at = at.caller) {
    if (at.made === made) {
      return true;
    }
  }
  return false;
}

function selfOf(self: ReadonlyMap<string, readonly number[]>, type: number): number {
  let sum = 0;
  for (const costs of self.values()) {
    sum += costs[type] ?? 0;
  }
  return sum;
}

import type { Steps } from '../../engine';
import type { SampleType } from '../stackProfile';

import type { ImportedFile } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const NODES_A_STEP = 4096;
/** Numbers of a node: where it starts after the one before, total and self, for each side, and its name. */
const SINGLE = 4;
const DOUBLE = 7;

/** The flame graph in the file: Pyroscope's own export has `flamebearer`, the answer of its API `flamegraph`. */
function flameGraphOf(file: OpenedFile): JsonObject | undefined {
  const json = file.json();
  if (!isObject(json)) {
    return undefined;
  }
  return [json.flamebearer, json.flamegraph, json].find(
    (found): found is JsonObject => isObject(found) && Array.isArray(found.names) && Array.isArray(found.levels)
  );
}

export function isFlamebearer(file: OpenedFile): boolean {
  return flameGraphOf(file) !== undefined;
}

/** Pyroscope's flame graphs: rows of nodes, of one profile or of two beside each other. */
export function* readFlamebearer(file: OpenedFile): Steps<ImportedFile> {
  const json = file.json() as JsonObject;
  const graph = flameGraphOf(file)!;
  const facts = isObject(json.metadata) ? json.metadata : graph;
  const names = arrayOf(graph.names).map((name) => textOf(name) ?? '');
  const levels = arrayOf(graph.levels).map((level) => arrayOf(isObject(level) ? level.values : level));
  const isDiff = facts.format === 'double' || graph.leftTicks !== undefined || json.leftTicks !== undefined;
  const width = isDiff ? DOUBLE : SINGLE;
  const { type, scale } = measureOf(facts);
  const part = new PartBuilder(
    isDiff ? ['baseline', 'comparison'].map((side) => ({ ...type, type: `${type.type}_${side}` })) : [type],
    file.limits
  );
  let above: Node[] = [];
  for (const [depth, level] of levels.entries()) {
    if (level.length % width !== 0) {
      throw new UnreadableFile(
        `The flame graph is damaged: level ${depth} has ${level.length} numbers, which is no multiple of ${width}.`
      );
    }
    const nodes: Node[] = [];
    // Nodes of both sides are told apart by where they start on the left and on the right together.
    const at = [0, 0];
    let caller = 0;
    for (let i = 0; i < level.length; i += width) {
      const numbers = level.slice(i, i + width).map(Number);
      const sides = (width - 1) / 3;
      const start: number[] = [];
      const self: number[] = [];
      for (let side = 0; side < sides; side++) {
        const [offset, total, own] = numbers.slice(side * 3, side * 3 + 3);
        start.push(at[side] + offset);
        at[side] += offset + total;
        self.push(own * scale);
      }
      const name = names[numbers[width - 1]];
      if (name === undefined || numbers.some((number) => !Number.isFinite(number))) {
        throw new UnreadableFile(`The flame graph is damaged: node ${i / width + 1} of level ${depth} makes no sense.`);
      }
      const position = start.reduce((sum, each) => sum + each, 0);
      while (caller + 1 < above.length && above[caller].end <= position && above[caller + 1].start <= position) {
        caller++;
      }
      // Level 0 is the root that holds the rest together.
      const stack = depth === 0 ? -1 : part.stack(above[caller]?.stack ?? -1, part.frame(name));
      nodes.push({ stack, start: position, end: at[0] + at[1] });
      if (self.some((value) => value !== 0)) {
        part.add(stack, self);
      }
      if (nodes.length % NODES_A_STEP === 0) {
        yield depth / levels.length;
      }
    }
    above = nodes;
  }
  return { format: 'Pyroscope flame graph', parts: [{ ...part.build(), ...(isDiff && { isDiff }) }], notices: [] };
}

interface Node {
  readonly stack: number;
  readonly start: number;
  readonly end: number;
}

/** Pyroscope counts samples and says how many make a second. */
function measureOf({ units, name, sampleRate }: JsonObject): { readonly type: SampleType; readonly scale: number } {
  const rate = numberOf(sampleRate) ?? 0;
  const type = textOf(name) || textOf(units) || 'samples';
  switch (units) {
    case 'samples':
      return rate > 0
        ? { type: { type: 'cpu', unit: 'nanoseconds' }, scale: 1e9 / rate }
        : { type: { type: 'samples', unit: 'count' }, scale: 1 };
    case 'bytes':
      return { type: { type, unit: 'bytes' }, scale: 1 };
    case 'lock_nanoseconds':
    case 'nanoseconds':
      return { type: { type, unit: 'nanoseconds' }, scale: 1 };
    default:
      return { type: { type, unit: 'count' }, scale: 1 };
  }
}

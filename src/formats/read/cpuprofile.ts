import type { Steps } from '../../engine';

import type { ImportedFile, ProfilePart } from './importedFile';
import { arrayOf, isObject, numberOf, type JsonObject } from './json';
import type { FileLimits } from './limits';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { addInOrder, type TimedSample } from './times';
import { UnreadableFile } from './unreadable';
import { v8Frame } from './v8';

const SUBJECT = 'The CPU profile';
const STEP = 4096;
const TYPES = [
  { type: 'samples', unit: 'count' },
  { type: 'time', unit: 'microseconds' },
];

export function isCpuprofile(file: OpenedFile): boolean {
  const json = file.json();
  return isObject(json) && Array.isArray(json.samples) && (Array.isArray(json.nodes) || isObject(json.head));
}

/** .cpuprofile of Chrome's developer tools, Node's --cpu-prof, 0x and clinic. */
export function* readCpuprofile(file: OpenedFile): Steps<ImportedFile> {
  const json = file.json() as JsonObject;
  return { format: '.cpuprofile', parts: [yield* cpuprofilePart(json, file.limits)], notices: [] };
}

/** One profile of V8's; also what Chrome's traces put together from pieces. */
export function* cpuprofilePart(json: JsonObject, limits: FileLimits, name = ''): Steps<ProfilePart> {
  const part = new PartBuilder(TYPES, limits, 'microseconds');
  const stacks = stacksOfNodes(part, Array.isArray(json.nodes) ? json.nodes : nodesOfTree(json.head));
  const ids = arrayOf(json.samples);
  const deltas = arrayOf(json.timeDeltas);
  // Chrome of 2015 and before wrote seconds and the time of each sample.
  const stamps = json.timestamps === undefined ? undefined : arrayOf(json.timestamps);
  const samples: TimedSample[] = [];
  let at = numberOf(json.startTime) ?? 0;
  for (let i = 0; i < ids.length; i++) {
    const stack = stacks.get(Number(ids[i]));
    if (stack === undefined) {
      throw new UnreadableFile(
        `${SUBJECT} is damaged: sample ${i + 1} refers to node ${String(ids[i])}, which is not there.`
      );
    }
    at = stamps ? (numberOf(stamps[i]) ?? at) : at + (numberOf(deltas[i]) ?? 0);
    samples.push({ stack, at, weight: 1 });
    if (i % STEP === 0) {
      yield i / ids.length;
    }
  }
  addInOrder(part, samples, {
    end: numberOf(json.endTime),
    valuesOf: ({ weight }, duration) => [weight, duration],
  });
  return part.build(name);
}

/** Stack of each node: nodes name their children, or their parent, and come in any order. */
function stacksOfNodes(part: PartBuilder, nodes: readonly unknown[]): ReadonlyMap<number, number> {
  const byId = new Map<number, JsonObject>();
  const parents = new Map<number, number>();
  for (const node of nodes) {
    const id = isObject(node) ? numberOf(node.id) : undefined;
    if (!isObject(node) || id === undefined) {
      throw new UnreadableFile(`${SUBJECT} is damaged: it has a node without an id.`);
    }
    byId.set(id, node);
    const parent = numberOf(node.parent);
    if (parent !== undefined) {
      parents.set(id, parent);
    }
    arrayOf(node.children).forEach((child) => parents.set(Number(child), id));
  }
  const stacks = new Map<number, number>();
  for (const start of byId.keys()) {
    // Goes up to what is known, then down again.
    const path: number[] = [];
    const seen = new Set<number>();
    for (let id: number | undefined = start; id !== undefined && !stacks.has(id); id = parents.get(id)) {
      if (seen.has(id)) {
        throw new UnreadableFile(`${SUBJECT} is damaged: node ${id} is called by itself.`);
      }
      seen.add(id);
      path.push(id);
    }
    for (const id of path.reverse()) {
      const parent = parents.get(id);
      const caller = parent === undefined ? -1 : (stacks.get(parent) ?? -1);
      stacks.set(id, part.stack(caller, v8Frame(part, byId.get(id)?.callFrame)));
    }
  }
  return stacks;
}

/** The nodes of the tree that Chrome wrote before 2016, in today's form. */
function nodesOfTree(head: unknown): JsonObject[] {
  const nodes: JsonObject[] = [];
  const open: Array<{ node: unknown; parent?: number }> = [{ node: head }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, parent } = next;
    if (isObject(node)) {
      const id = numberOf(node.id) ?? -nodes.length;
      const { functionName, url, lineNumber } = node;
      const line = numberOf(lineNumber);
      nodes.push({ id, parent, callFrame: { functionName, url, lineNumber: line && line - 1 } });
      arrayOf(node.children).forEach((child) => open.push({ node: child, parent: id }));
    }
  }
  return nodes;
}

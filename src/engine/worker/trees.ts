import type { CallTree } from '../callTree';
import type { TreeReference } from './messages';

export function isCallTree(value: unknown): value is CallTree {
  return isObject(value) && 'levelOffsets' in value && 'depthFirst' in value && 'labels' in value;
}

export function isTreeReference(value: unknown): value is TreeReference {
  return isObject(value) && 'keptTree' in value;
}

/** Names of a result's tree, when they are those of a tree that both sides have: not sent a second time. */
export interface SharedLabels {
  readonly labelsOfTree: number;
}

export function isSharedLabels(value: unknown): value is SharedLabels {
  return isObject(value) && 'labelsOfTree' in value;
}

/**
 * The same value with some parts exchanged. Goes into arrays and plain objects, and no further than the exchange goes:
 * what it returns instead of a part is taken as it is. What was one object stays one.
 */
export function exchange(value: unknown, instead: (part: unknown) => unknown): unknown {
  const done = new Map<object, unknown>();
  const visit = (part: unknown): unknown => {
    if (!isObject(part)) {
      return part;
    }
    if (!done.has(part)) {
      done.set(part, exchanged(part, instead, visit));
    }
    return done.get(part);
  };
  return visit(value);
}

function exchanged(part: object, instead: (part: unknown) => unknown, visit: (part: unknown) => unknown): unknown {
  const other = instead(part);
  if (other !== part) {
    return other;
  }
  if (Array.isArray(part)) {
    return part.some(isObject) ? part.map(visit) : part;
  }
  if (tagOf(part) === 'Object') {
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, visit(value)]));
  }
  return part;
}

/** Memory of all typed arrays in a value, each once: it can be handed over without a copy. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  exchange(value, (part) => {
    if (ArrayBuffer.isView(part) && isTransferable(part.buffer)) {
      found.add(part.buffer);
    }
    return part;
  });
  return [...found];
}

/** A tree with memory of its own. */
export function copyOf(tree: CallTree): CallTree {
  const copied = exchange(tree, (part) => (isColumn(part) ? part.slice() : part));
  return { ...(copied as CallTree), labels: tree.labels };
}

function isColumn(part: unknown): part is Uint32Array | Float64Array {
  return ArrayBuffer.isView(part) && 'slice' in part;
}

function isTransferable(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return tagOf(buffer) === 'ArrayBuffer';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What kind of object it is, also when it comes from another realm. */
function tagOf(part: object): string {
  return Object.prototype.toString.call(part).slice('[object '.length, -1);
}

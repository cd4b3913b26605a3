import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { arrayOf, isObject, numberOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { v8Frame } from './v8';

const NODES_A_STEP = 4096;

export function isHeapprofile(file: OpenedFile): boolean {
  const json = file.json();
  return isObject(json) && isObject(json.head) && isObject(json.head.callFrame) && 'selfSize' in json.head;
}

/** .heapprofile of Chrome's developer tools and Node's --heap-prof: bytes that sampled allocations still hold. */
export function* readHeapprofile(file: OpenedFile): Steps<ImportedFile> {
  const part = new PartBuilder([{ type: 'inuse_space', unit: 'bytes' }], file.limits);
  const open: Array<{ node: unknown; caller: number }> = [{ node: (file.json() as JsonObject).head, caller: -1 }];
  let nodes = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, caller } = next;
    if (isObject(node)) {
      const stack = part.stack(caller, v8Frame(part, node.callFrame));
      const size = numberOf(node.selfSize) ?? 0;
      if (size !== 0) {
        part.add(stack, [size]);
      }
      arrayOf(node.children).forEach((child) => open.push({ node: child, caller: stack }));
    }
    if (++nodes % NODES_A_STEP === 0) {
      yield 0.5;
    }
  }
  return { format: '.heapprofile', parts: [part.build()], notices: [] };
}

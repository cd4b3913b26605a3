import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';

const NODES_A_STEP = 4096;

export function isGhc(file: OpenedFile): boolean {
  const json = file.json();
  return isObject(json) && Array.isArray(json.cost_centres) && isObject(json.profile);
}

/** What GHC's runtime writes with `+RTS -pj`: ticks and allocated bytes of cost centres, named `module.label`. */
export function* readGhc(file: OpenedFile): Steps<ImportedFile> {
  const json = file.json() as JsonObject;
  // A tick lasts as many microseconds.
  const tick = numberOf(json.tick_interval) ?? 1000;
  const part = new PartBuilder(
    [
      { type: 'alloc_space', unit: 'bytes' },
      { type: 'ticks', unit: 'count' },
      { type: 'time', unit: 'microseconds' },
    ],
    file.limits
  );
  const centres = new Map<number, number>();
  for (const centre of arrayOf(json.cost_centres)) {
    if (isObject(centre)) {
      const name = [textOf(centre.module), textOf(centre.label)].filter(Boolean).join('.');
      centres.set(numberOf(centre.id) ?? -1, part.frame(name, textOf(centre.src_loc)));
    }
  }
  const open: Array<{ node: unknown; caller: number }> = [{ node: json.profile, caller: -1 }];
  let nodes = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, caller } = next;
    if (isObject(node)) {
      const id = numberOf(node.id) ?? -1;
      const stack = part.stack(caller, centres.get(id) ?? part.frame(`cost centre ${id}`));
      const ticks = numberOf(node.ticks) ?? 0;
      const alloc = numberOf(node.alloc) ?? 0;
      if (ticks !== 0 || alloc !== 0) {
        part.add(stack, [alloc, ticks, ticks * tick]);
      }
      arrayOf(node.children).forEach((child) => open.push({ node: child, caller: stack }));
    }
    if (++nodes % NODES_A_STEP === 0) {
      yield 0.5;
    }
  }
  return { format: 'GHC profile', parts: [part.build()], notices: [] };
}

import type { Steps } from '../../engine';
import type { SampleType } from '../stackProfile';

import type { ImportedFile } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const SAMPLES_A_STEP = 4096;

export function isStackprof(file: OpenedFile): boolean {
  const json = file.json();
  return isObject(json) && isObject(json.frames) && textOf(json.mode) !== undefined && 'samples' in json;
}

/** Ruby's stackprof as JSON: the stacks of `raw`, or, when it was recorded without them, what each frame cost itself. */
export function* readStackprof(file: OpenedFile): Steps<ImportedFile> {
  const json = file.json() as JsonObject;
  const frames = json.frames as JsonObject;
  const { types, valuesOf } = measureOf(json);
  const raw = arrayOf(json.raw);
  const part = new PartBuilder(
    types,
    file.limits,
    raw.length > 0 && json.mode !== 'object' ? 'microseconds' : undefined
  );
  const frame = (id: unknown) => {
    const found = frames[String(id)];
    if (!isObject(found)) {
      throw new UnreadableFile(`The stackprof file is damaged: it refers to frame ${String(id)}, which is not there.`);
    }
    return part.frame(textOf(found.name) ?? '', textOf(found.file), numberOf(found.line));
  };
  if (raw.length === 0) {
    for (const [id, found] of Object.entries(frames)) {
      const self = isObject(found) ? (numberOf(found.samples) ?? 0) : 0;
      if (self > 0) {
        part.add(part.stack(-1, frame(id)), valuesOf(self));
      }
    }
    const notice = 'The file has no stacks, so callers are not known. Record with raw: true (or --raw).';
    return { format: 'stackprof', parts: [part.build()], notices: [notice] };
  }
  const deltas = arrayOf(json.raw_timestamp_deltas);
  let time = 0;
  let taken = 0;
  for (let at = 0, read = 0; at < raw.length; read++) {
    const depth = numberOf(raw[at]) ?? -1;
    const weight = numberOf(raw[at + depth + 1]);
    if (depth < 0 || weight === undefined || !Number.isInteger(depth)) {
      throw new UnreadableFile(
        `The stackprof file is damaged, or its end is missing: raw[${at}] begins no whole stack.`
      );
    }
    const stack = part.stackOf(raw.slice(at + 1, at + 1 + depth).map(frame));
    const start = time;
    for (let i = 0; i < weight && taken < deltas.length; i++) {
      time += Math.max(0, numberOf(deltas[taken++]) ?? 0);
    }
    if (deltas.length > 0) {
      part.addTimed(stack, valuesOf(weight), start, time);
    } else {
      part.add(stack, valuesOf(weight));
    }
    at += depth + 2;
    if (read % SAMPLES_A_STEP === 0) {
      yield at / raw.length;
    }
  }
  return { format: 'stackprof', parts: [part.build()], notices: [] };
}

/** Samples stand for `interval` each: microseconds, or allocated objects. */
function measureOf({ mode, interval }: JsonObject): {
  readonly types: readonly SampleType[];
  readonly valuesOf: (samples: number) => readonly number[];
} {
  const each = numberOf(interval) ?? 1;
  if (mode === 'cpu' || mode === 'wall') {
    const types = [
      { type: 'samples', unit: 'count' },
      { type: mode, unit: 'microseconds' },
    ];
    return { types, valuesOf: (samples) => [samples, samples * each] };
  }
  if (mode === 'object') {
    return { types: [{ type: 'alloc_objects', unit: 'count' }], valuesOf: (samples) => [samples * each] };
  }
  return { types: [{ type: 'samples', unit: 'count' }], valuesOf: (samples) => [samples] };
}

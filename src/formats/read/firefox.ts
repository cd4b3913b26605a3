import type { Steps } from '../../engine';

import type { ImportedFile, ProfilePart } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { FileLimits } from './limits';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { addInOrder, type TimedSample } from './times';
import { UnreadableFile } from './unreadable';

const SAMPLES_A_STEP = 4096;

/** The profile inside: the developer tools of old wrapped it. */
function profileOf(file: OpenedFile): JsonObject | undefined {
  const json = file.json();
  const profile = isObject(json) && isObject(json.profile) ? json.profile : json;
  const isOne =
    isObject(profile) &&
    isObject(profile.meta) &&
    arrayOf(profile.threads).some((thread) => isObject(thread) && isObject(thread.samples));
  return isOne ? profile : undefined;
}

export function isFirefox(file: OpenedFile): boolean {
  return profileOf(file) !== undefined;
}

/**
 * Firefox' profiles, and those of samply and others that write the same: one part a thread, of this process and of its
 * children. Both forms are read: rows with a schema as the browser records them, columns as profiler.firefox.com saves.
 */
export function* readFirefox(file: OpenedFile): Steps<ImportedFile> {
  const parts: ProfilePart[] = [];
  const open: unknown[] = [profileOf(file)];
  for (let profile = open.shift(); profile !== undefined; profile = open.shift()) {
    if (!isObject(profile)) {
      continue;
    }
    open.push(...arrayOf(profile.processes));
    const shared = isObject(profile.shared) ? profile.shared : {};
    for (const thread of arrayOf(profile.threads)) {
      if (isObject(thread) && isObject(thread.samples)) {
        const part = yield* readThread(thread, shared, file.limits);
        if (part) {
          parts.push(part);
        }
      }
    }
  }
  if (parts.length === 0) {
    throw new UnreadableFile('The Firefox profile has no samples. Record with the stack walk switched on.');
  }
  return { format: 'Firefox profile', parts, notices: [] };
}

type Column = (row: number) => unknown;

/** A column of a table in either form. */
function columnOf(table: unknown, name: string): Column | undefined {
  if (!isObject(table)) {
    return undefined;
  }
  if (isObject(table.schema)) {
    const at = numberOf(table.schema[name]);
    const rows = arrayOf(table.data);
    return at === undefined ? undefined : (row) => arrayOf(rows[row])[at];
  }
  const column = table[name];
  return Array.isArray(column) ? (row) => column[row] : undefined;
}

function* readThread(thread: JsonObject, shared: JsonObject, limits: FileLimits): Steps<ProfilePart | undefined> {
  const part = new PartBuilder([{ type: 'samples', unit: 'count' }], limits, 'milliseconds');
  const stackAt = stackReader(part, thread, shared);
  const { samples } = thread;
  const length = isObject(samples) ? (numberOf(samples.length) ?? arrayOf(samples.data).length) : 0;
  const stack = columnOf(samples, 'stack');
  const time = columnOf(samples, 'time');
  const delta = columnOf(samples, 'timeDeltas');
  const weight = columnOf(samples, 'weight');
  const found: TimedSample[] = [];
  let at = 0;
  for (let row = 0; row < length; row++) {
    at = numberOf(time?.(row)) ?? at + (numberOf(delta?.(row)) ?? 0);
    const index = numberOf(stack?.(row));
    if (index !== undefined) {
      found.push({ stack: stackAt(index), at, weight: numberOf(weight?.(row)) ?? 1 });
    }
    if (row % SAMPLES_A_STEP === 0) {
      yield row / length;
    }
  }
  addInOrder(part, found);
  const name = [textOf(thread.processName), textOf(thread.name)].filter(Boolean).join(', ');
  return part.isEmpty() ? undefined : part.build([name, numberOf(thread.tid)].filter(Boolean).join(' '));
}

/** Gives the stack of an entry of the stack table. Entries come after those they were called from, or before. */
function stackReader(part: PartBuilder, thread: JsonObject, shared: JsonObject): (index: number) => number {
  const table = (name: string) => thread[name] ?? shared[name];
  const prefix = columnOf(table('stackTable'), 'prefix');
  const frame = columnOf(table('stackTable'), 'frame');
  const nameFrame = frameReader(part, table, shared);
  const stacks = new Map<number, number>();
  return (index) => {
    const path: number[] = [];
    let known: number | undefined;
    for (let at: number | undefined = index; at !== undefined; at = numberOf(prefix?.(at))) {
      known = stacks.get(at);
      if (known !== undefined) {
        break;
      }
      path.push(at);
      if (path.length > 1e6) {
        throw new UnreadableFile(`The Firefox profile is damaged: stack ${index} has no end.`);
      }
    }
    let stack = known ?? -1;
    for (const at of path.reverse()) {
      const id = numberOf(frame?.(at));
      if (id === undefined) {
        throw new UnreadableFile(`The Firefox profile is damaged: stack ${at} is not in its table.`);
      }
      stack = part.stack(stack, nameFrame(id));
      stacks.set(at, stack);
    }
    return stack;
  };
}

function frameReader(
  part: PartBuilder,
  table: (name: string) => unknown,
  shared: JsonObject
): (index: number) => number {
  const strings = arrayOf(table('stringArray') ?? table('stringTable') ?? shared.stringArray);
  const text = (index: unknown) => textOf(strings[numberOf(index) ?? -1]);
  const frames = table('frameTable');
  const location = columnOf(frames, 'location');
  const line = columnOf(frames, 'line');
  const func = columnOf(frames, 'func');
  const functions = table('funcTable');
  const name = columnOf(functions, 'name');
  const file =
    columnOf(functions, 'fileName') ??
    sourceReader(columnOf(functions, 'source'), columnOf(table('sources'), 'filename'));
  return (index) => {
    if (location) {
      // The location says the place too: `parse (https://host/app.js:12)`.
      return part.frame(text(location(index)) ?? '');
    }
    const made = numberOf(func?.(index)) ?? -1;
    return part.frame(text(name?.(made)) ?? '', text(file?.(made)), numberOf(line?.(index)));
  };
}

function sourceReader(source: Column | undefined, filename: Column | undefined): Column | undefined {
  return source && filename && ((row) => filename(numberOf(source(row)) ?? -1));
}

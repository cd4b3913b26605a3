import type { Steps } from '../../engine';

import { cpuprofilePart } from './cpuprofile';
import type { ImportedFile, ProfilePart } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const EVENTS_A_STEP = 4096;

/** The events; the format allows the end of the file to be missing. */
function eventsOf(file: OpenedFile): readonly unknown[] | undefined {
  const json = file.json() ?? (/^\s*\[?\s*\{[^]*"ph"/.test(file.head()) ? file.jsonCutOff() : undefined);
  const events = isObject(json) ? json.traceEvents : json;
  return Array.isArray(events) ? events : undefined;
}

export function isTraceEvent(file: OpenedFile): boolean {
  return (
    eventsOf(file)
      ?.slice(0, 100)
      .some((event) => isObject(event) && textOf(event.ph) !== undefined) ?? false
  );
}

/**
 * Trace events of Chrome, of `dotnet-trace convert --format chromium`, py-spy and many others: how long functions took,
 * one part a thread. What Chrome's CPU profiler put into a trace makes parts of its own.
 */
export function* readTraceEvent(file: OpenedFile): Steps<ImportedFile> {
  const events = eventsOf(file)!.filter(isObject);
  const notices = file.json() === undefined ? ['The end of the file is missing; what is there was read.'] : [];
  const names = threadNames(events);
  const profiles = [...chromeProfiles(events)];
  const threads = new Map<string, JsonObject[]>();
  for (const event of events) {
    if (['B', 'E', 'X'].includes(String(event.ph)) && numberOf(event.ts) !== undefined) {
      const key = threadKey(event);
      const own = threads.get(key);
      if (own) {
        own.push(event);
      } else {
        threads.set(key, [event]);
      }
    }
  }
  yield 0.1;
  const parts: ProfilePart[] = [];
  for (const [key, json] of profiles) {
    parts.push(yield* cpuprofilePart(json, file.limits, `CPU profile, ${names(key.split(' ')[0])}`));
  }
  let unmatched = 0;
  for (const [key, own] of threads) {
    const part = new PartBuilder([{ type: 'duration', unit: 'microseconds' }], file.limits, 'microseconds');
    unmatched += yield* readThread(part, own);
    if (!part.isEmpty()) {
      parts.push(part.build(names(key)));
    }
  }
  if (unmatched > 0) {
    notices.push(
      `${unmatched} events begin without an end or end without a beginning; they were closed with their callers or left out.`
    );
  }
  if (parts.length === 0) {
    throw new UnreadableFile('The trace has no events that last: no pair of “B” and “E” and no “X”.');
  }
  return { format: 'trace events', parts, notices };
}

const threadKey = ({ pid, tid }: JsonObject) => `${String(pid)}:${String(tid)}`;

function threadNames(events: readonly JsonObject[]): (key: string) => string {
  const names = new Map<string, string>();
  for (const event of events) {
    const name = isObject(event.args) ? textOf(event.args.name) : undefined;
    if (event.ph === 'M' && event.name === 'thread_name' && name) {
      names.set(threadKey(event), name);
    }
  }
  return (key) => {
    const [pid, tid] = key.split(':');
    return names.has(key) ? `${names.get(key)} (${tid})` : `process ${pid}, thread ${tid}`;
  };
}

/** Profiles that Chrome wrote in chunks, by thread and id. */
function chromeProfiles(events: readonly JsonObject[]): Map<string, JsonObject> {
  const chunks = new Map<
    string,
    { nodes: unknown[]; samples: unknown[]; timeDeltas: unknown[]; startTime?: unknown; key: string }
  >();
  for (const event of events) {
    if (event.name !== 'Profile' && event.name !== 'ProfileChunk') {
      continue;
    }
    const id = `${String(event.pid)}:${String(event.id)}`;
    const profile = chunks.get(id) ?? { nodes: [], samples: [], timeDeltas: [], key: threadKey(event) };
    chunks.set(id, profile);
    const facts = isObject(event.args) && isObject(event.args.data) ? event.args.data : {};
    if (event.name === 'Profile') {
      profile.startTime = facts.startTime;
      profile.key = threadKey(event);
    }
    const chunk = isObject(facts.cpuProfile) ? facts.cpuProfile : {};
    profile.nodes.push(...arrayOf(chunk.nodes));
    profile.samples.push(...arrayOf(chunk.samples));
    profile.timeDeltas.push(...arrayOf(facts.timeDeltas ?? chunk.timeDeltas));
  }
  return new Map(
    [...chunks].filter(([, { samples }]) => samples.length > 0).map(([id, { key, ...json }]) => [`${key} ${id}`, json])
  );
}

interface Edge {
  readonly at: number;
  readonly event: JsonObject;
}

/** Reads the events of one thread as stacks that last; says how many had no partner. */
function* readThread(part: PartBuilder, events: readonly JsonObject[]): Steps<number> {
  const begins: Array<Edge & { readonly lasts: number }> = [];
  const ends: Edge[] = [];
  for (const event of events) {
    const at = numberOf(event.ts)!;
    const lasts = numberOf(event.dur) ?? numberOf(event.tdur) ?? 0;
    if (event.ph !== 'E') {
      begins.push({ at, event, lasts: event.ph === 'X' ? lasts : Infinity });
    }
    if (event.ph !== 'B') {
      ends.push({ at: event.ph === 'X' ? at + lasts : at, event });
    }
  }
  // Of what begins at the same time the longest is the caller; the order of the file decides the rest.
  begins.sort((a, b) => a.at - b.at || (a.lasts === b.lasts ? 0 : b.lasts - a.lasts));
  ends.sort((a, b) => a.at - b.at);

  const open: Array<{ readonly name: string; readonly event: JsonObject; readonly stack: number }> = [];
  const closed = new Set<JsonObject>();
  let last = 0;
  let unmatched = 0;
  const goOnTo = (at: number) => {
    const top = open.at(-1);
    if (top && at > last) {
      part.addTimed(top.stack, [at - last], last, at);
    }
    last = at;
  };
  let b = 0;
  let e = 0;
  while (b < begins.length || e < ends.length) {
    const begin = begins.at(b);
    const end = ends.at(e);
    const endsFirst =
      end !== undefined &&
      (begin === undefined || end.at < begin.at || (end.at === begin.at && closes(end.event, open.at(-1))));
    if (endsFirst) {
      goOnTo(end.at);
      e++;
      const found = closed.has(end.event) ? -1 : open.map((frame) => closes(end.event, frame)).lastIndexOf(true);
      if (found < 0) {
        unmatched += closed.has(end.event) ? 0 : 1;
      } else {
        unmatched += open.length - 1 - found;
        open.splice(found).forEach(({ event }) => closed.add(event));
      }
    } else if (begin) {
      goOnTo(begin.at);
      b++;
      const name = nameOf(begin.event);
      open.push({
        name,
        event: begin.event,
        stack: part.stack(open.at(-1)?.stack ?? -1, frameOf(part, name, begin.event)),
      });
    }
    if ((b + e) % EVENTS_A_STEP === 0) {
      yield (b + e) / (begins.length + ends.length);
    }
  }
  return unmatched + open.length;
}

/** A complete event is closed by itself; an end closes what has its name, or the innermost when it has none. */
function closes(end: JsonObject, frame: { readonly name: string; readonly event: JsonObject } | undefined): boolean {
  if (!frame) {
    return false;
  }
  return end.ph === 'X'
    ? frame.event === end
    : frame.event.ph !== 'X' && (end.name === undefined || nameOf(end) === frame.name);
}

function nameOf(event: JsonObject): string {
  return textOf(event.name) ?? '';
}

/** py-spy says where a function is in the arguments. */
function frameOf(part: PartBuilder, name: string, { args }: JsonObject): number {
  const { filename, line } = isObject(args) ? args : {};
  return part.frame(name, textOf(filename), numberOf(line));
}

import type { Steps } from '../../engine';

import type { ImportedFile, ProfilePart } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const TIMES = ['nanoseconds', 'microseconds', 'milliseconds', 'seconds'];
const STEP = 4096;

export function isSpeedscope(file: OpenedFile): boolean {
  const json = file.json();
  return isObject(json) && isObject(json.shared) && Array.isArray(json.shared.frames) && Array.isArray(json.profiles);
}

/** speedscope's own JSON, which py-spy, rbspy and dotnet-trace write too: one part a profile, mostly a thread each. */
export function* readSpeedscope(file: OpenedFile): Steps<ImportedFile> {
  const { shared, profiles } = file.json() as { shared: JsonObject; profiles: unknown[] };
  const frames = arrayOf(shared.frames);
  const parts: ProfilePart[] = [];
  const notices: string[] = [];
  for (const [index, profile] of profiles.entries()) {
    const name = `profile ${index + 1}`;
    if (!isObject(profile) || (profile.type !== 'sampled' && profile.type !== 'evented')) {
      throw new UnreadableFile(`The speedscope file is damaged: ${name} is neither “sampled” nor “evented”.`);
    }
    const given = textOf(profile.unit) ?? 'none';
    const unit = given === 'none' ? 'count' : given;
    const isTime = TIMES.includes(unit);
    const part = new PartBuilder(
      [{ type: profile.type === 'sampled' ? 'weight' : 'duration', unit }],
      file.limits,
      profile.type === 'evented' || isTime ? unit : undefined
    );
    const frame = frameReader(part, frames, name);
    if (profile.type === 'sampled') {
      yield* readSamples(part, profile, frame, name);
    } else {
      yield* readEvents(part, profile, frame, name, notices);
    }
    parts.push(part.build(textOf(profile.name) ?? ''));
  }
  return { format: 'speedscope', parts, notices };
}

function frameReader(part: PartBuilder, frames: readonly unknown[], profile: string): (index: unknown) => number {
  const ids: number[] = [];
  return (index) => {
    const frame = typeof index === 'number' ? frames[index] : undefined;
    if (!isObject(frame)) {
      throw new UnreadableFile(
        `The speedscope file is damaged: ${profile} refers to frame ${String(index)}, but there are ${frames.length} frames.`
      );
    }
    return (ids[index as number] ??= part.frame(textOf(frame.name) ?? '', textOf(frame.file), numberOf(frame.line)));
  };
}

function* readSamples(
  part: PartBuilder,
  profile: JsonObject,
  frame: (index: unknown) => number,
  name: string
): Steps<void> {
  const samples = arrayOf(profile.samples);
  const weights = arrayOf(profile.weights);
  if (samples.length !== weights.length) {
    throw new UnreadableFile(
      `The speedscope file is damaged: ${name} has ${samples.length} samples and ${weights.length} weights.`
    );
  }
  let at = numberOf(profile.startValue) ?? 0;
  for (let i = 0; i < samples.length; i++) {
    const weight = numberOf(weights[i]);
    if (weight === undefined) {
      throw new UnreadableFile(`The speedscope file is damaged: weight ${i + 1} of ${name} is no number.`);
    }
    const stack = part.stackOf(arrayOf(samples[i]).map(frame));
    part.addTimed(stack, [weight], at, at + weight);
    at += weight;
    if (i % STEP === 0) {
      yield i / samples.length;
    }
  }
}

function* readEvents(
  part: PartBuilder,
  profile: JsonObject,
  frame: (index: unknown) => number,
  name: string,
  notices: string[]
): Steps<void> {
  const events = arrayOf(profile.events);
  const open: number[] = [];
  const stacks: number[] = [-1];
  let last = numberOf(profile.startValue) ?? 0;
  const goOnTo = (at: number) => {
    if (open.length > 0 && at > last) {
      part.addTimed(stacks[open.length], [at - last], last, at);
    }
    last = at;
  };
  for (const [i, event] of events.entries()) {
    const at = isObject(event) ? numberOf(event.at) : undefined;
    if (!isObject(event) || at === undefined || (event.type !== 'O' && event.type !== 'C')) {
      throw new UnreadableFile(`The speedscope file is damaged: event ${i + 1} of ${name} is none.`);
    }
    if (at < last) {
      throw new UnreadableFile(
        `The speedscope file is damaged: event ${i + 1} of ${name} is at ${at}, before the event ahead of it at ${last}.`
      );
    }
    goOnTo(at);
    const id = frame(event.frame);
    if (event.type === 'O') {
      stacks[open.length + 1] = part.stack(stacks[open.length], id);
      open.push(id);
    } else if (open.pop() !== id) {
      throw new UnreadableFile(
        `The speedscope file is damaged: event ${i + 1} of ${name} closes a frame that is not the one opened last.`
      );
    }
    if (i % STEP === 0) {
      yield i / events.length;
    }
  }
  if (open.length > 0) {
    goOnTo(Math.max(last, numberOf(profile.endValue) ?? last));
    notices.push(
      `${open.length} frames of ${name} were still open at its end and are taken to last until then; the file may be cut off.`
    );
  }
}

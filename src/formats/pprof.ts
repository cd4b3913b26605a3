import { Writer } from 'protobufjs/minimal';

import type { Steps } from '../engine';

import { ByteChunks } from './byteChunks';
import type { SampleType, StackProfile } from './stackProfile';

/** Field numbers of github.com/google/pprof/proto/profile.proto. */
const PROFILE = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  stringTable: 6,
  timeNanos: 9,
  durationNanos: 10,
  periodType: 11,
  period: 12,
} as const;

/** One mapping that says that functions, files and lines are known, so that tools do not look for a binary. */
const MAPPING = { id: 1, hasFunctions: 7, hasFilenames: 8, hasLineNumbers: 9 } as const;

export interface PprofTimes {
  /** Start of what was measured, ms since the epoch. */
  readonly from: number;
  /** End, ms since the epoch. */
  readonly to: number;
}

class StringTable {
  private readonly ids = new Map<string, number>([['', 0]]);

  id(text: string): number {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(text, id);
    }
    return id;
  }

  all(): Iterable<string> {
    return this.ids.keys();
  }
}

/** Tag of a length-delimited field. */
const bytesTag = (field: number) => (field << 3) | 2;
/** Tag of a varint field. */
const varintTag = (field: number) => field << 3;

function message(writer: Writer, field: number, write: (writer: Writer) => void): void {
  writer.uint32(bytesTag(field)).fork();
  write(writer);
  writer.ldelim();
}

/** A varint field; values beyond 2^53 do not occur, since they come from doubles. Zero is the default and left out. */
function varint(writer: Writer, field: number, value: number): void {
  if (value !== 0) {
    writer.uint32(varintTag(field)).int64(Math.round(value));
  }
}

function packed(writer: Writer, field: number, values: Iterable<number>): void {
  message(writer, field, (inner) => {
    for (const value of values) {
      inner.int64(Math.round(value));
    }
  });
}

/** Samples between two looks at the clock. */
const A_STEP = 512;

/**
 * A pprof profile, not compressed: a location and a function for each frame, stacks with the innermost frame first.
 * `go tool pprof` reads it. Comes in pieces, because a message's fields may follow each other in any.
 *
 * @throws a RangeError when the file would become too large
 */
export function* pprofSteps(profile: StackProfile, times?: PprofTimes): Steps<Uint8Array[]> {
  const file = new ByteChunks();
  const strings = new StringTable();
  let writer = Writer.create();
  profile.sampleTypes.forEach((sampleType) => valueType(writer, strings, PROFILE.sampleType, sampleType));
  for (let sample = 0; sample < profile.sampleStack.length; sample++) {
    message(writer, PROFILE.sample, (inner) => {
      packed(inner, 1, locationsOf(profile, profile.sampleStack[sample]));
      packed(
        inner,
        2,
        profile.values.map((column) => column[sample])
      );
    });
    if (sample % A_STEP === 0) {
      file.append(writer.finish());
      writer = Writer.create();
      yield sample / profile.sampleStack.length;
    }
  }
  writeTables(writer, strings, profile, times);
  file.append(writer.finish());
  return file.all();
}

function valueType(writer: Writer, strings: StringTable, field: number, { type, unit }: SampleType): void {
  message(writer, field, (inner) => {
    varint(inner, 1, strings.id(type));
    varint(inner, 2, strings.id(unit));
  });
}

/** Everything that is not a sample. */
function writeTables(writer: Writer, strings: StringTable, profile: StackProfile, times?: PprofTimes): void {
  message(writer, PROFILE.mapping, (inner) => {
    varint(inner, MAPPING.id, 1);
    varint(inner, MAPPING.hasFunctions, 1);
    varint(inner, MAPPING.hasFilenames, 1);
    varint(inner, MAPPING.hasLineNumbers, 1);
  });
  profile.frames.forEach((frame, index) => {
    message(writer, PROFILE.location, (inner) => {
      varint(inner, 1, index + 1);
      varint(inner, 2, 1);
      message(inner, 4, (line) => {
        varint(line, 1, index + 1);
        varint(line, 2, frame.line ?? 0);
      });
    });
    message(writer, PROFILE.function, (inner) => {
      varint(inner, 1, index + 1);
      varint(inner, 2, strings.id(frame.name));
      varint(inner, 3, strings.id(frame.name));
      varint(inner, 4, strings.id(frame.file ?? ''));
    });
  });
  if (times) {
    writer.uint32(varintTag(PROFILE.timeNanos)).int64(times.from * 1e6);
    varint(writer, PROFILE.durationNanos, (times.to - times.from) * 1e6);
  }
  const [first] = profile.sampleTypes;
  if (first) {
    valueType(writer, strings, PROFILE.periodType, first);
    varint(writer, PROFILE.period, 1);
  }
  for (const text of strings.all()) {
    writer.uint32(bytesTag(PROFILE.stringTable)).string(text);
  }
}

function* locationsOf(profile: StackProfile, stack: number): Iterable<number> {
  for (let at = stack; at >= 0; at = profile.stackParent[at]) {
    yield profile.stackFrame[at] + 1;
  }
}

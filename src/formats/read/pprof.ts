import type { Steps } from '../../engine';
import type { SampleType } from '../stackProfile';

import type { ImportedFile } from './importedFile';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { Fields } from './protobuf';
import { UnreadableFile } from './unreadable';

const SUBJECT = 'The pprof profile';
const SAMPLES_A_STEP = 1024;

/** Field numbers of github.com/google/pprof/proto/profile.proto. */
const PROFILE = { sampleType: 1, sample: 2, location: 4, function: 5, string: 6, defaultSampleType: 14 } as const;
const LAST_FIELD = 16;

interface Location {
  /** Hexadecimal; '0' when there is none. */
  readonly address: string;
  /** The innermost inlined function first. */
  readonly lines: ReadonlyArray<{ readonly function: number; readonly line: number }>;
}

interface Tables {
  readonly strings: readonly string[];
  readonly functions: ReadonlyMap<number, { readonly name: number; readonly file: number }>;
  readonly locations: ReadonlyMap<number, Location>;
}

/**
 * Whether the bytes are protobuf with a sample type: a message of nothing but two small numbers, which no text and no
 * other profile has in its place. A profile has no signature of its own.
 */
export function isPprof({ bytes }: OpenedFile): boolean {
  const fields = new Fields(bytes, SUBJECT);
  try {
    while (fields.next() && fields.field <= LAST_FIELD) {
      if (fields.field === PROFILE.sampleType) {
        return isValueType(fields.message());
      }
    }
  } catch {
    return false;
  }
  return false;
}

function isValueType(message: Fields): boolean {
  let read = 0;
  while (message.next()) {
    if (message.field > 2 || !message.isNumber) {
      return false;
    }
    read++;
  }
  return read > 0;
}

/** A pprof profile: unsymbolized frames are named by their address, frames of inlined functions stand for themselves. */
export function* readPprof({ bytes, limits }: OpenedFile): Steps<ImportedFile> {
  const fields = new Fields(bytes, SUBJECT);
  const strings: string[] = [];
  const functions = new Map<number, { name: number; file: number }>();
  const locations = new Map<number, Location>();
  const types: Array<{ type: number; unit: number }> = [];
  const samples: Uint8Array[] = [];
  let preferred = 0;
  for (let read = 0; fields.next(); read++) {
    if (fields.field === PROFILE.sampleType) {
      types.push(readValueType(fields.message()));
    } else if (fields.field === PROFILE.sample) {
      samples.push(fields.bytes());
    } else if (fields.field === PROFILE.location) {
      const [id, location] = readLocation(fields.message());
      locations.set(id, location);
    } else if (fields.field === PROFILE.function) {
      const [id, made] = readFunction(fields.message());
      functions.set(id, made);
    } else if (fields.field === PROFILE.string) {
      strings.push(fields.text());
    } else if (fields.field === PROFILE.defaultSampleType) {
      preferred = fields.int();
    }
    if (read % SAMPLES_A_STEP === 0) {
      yield (fields.position / fields.length) * 0.5;
    }
  }
  const tables = { strings, functions, locations };
  if (types.length === 0) {
    throw new UnreadableFile(`${SUBJECT} names no sample type: the file is empty, or no pprof profile at all.`);
  }
  const sampleTypes = types.map(({ type, unit }) => ({ type: stringAt(tables, type), unit: stringAt(tables, unit) }));
  const part = new PartBuilder(sampleTypes, limits);
  const stackOf = stackReader(part, tables);
  for (let index = 0; index < samples.length; index++) {
    const ids: number[] = [];
    const values: number[] = [];
    const sample = new Fields(samples[index], SUBJECT);
    while (sample.next()) {
      if (sample.field === 1) {
        sample.ints(ids);
      } else if (sample.field === 2) {
        sample.ints(values);
      }
    }
    if (values.length !== types.length) {
      throw new UnreadableFile(
        `${SUBJECT} is damaged: sample ${index + 1} has ${values.length} values for ${types.length} sample types.`
      );
    }
    part.add(stackOf(ids), values);
    if (index % SAMPLES_A_STEP === 0) {
      yield 0.5 + (index / samples.length) * 0.5;
    }
  }
  return { format: 'pprof', parts: [part.build('', defaultType(sampleTypes, strings[preferred]))], notices: [] };
}

function readValueType(message: Fields) {
  const found = { type: 0, unit: 0 };
  while (message.next()) {
    if (message.field === 1) {
      found.type = message.int();
    } else if (message.field === 2) {
      found.unit = message.int();
    }
  }
  return found;
}

function readLocation(message: Fields): [number, Location] {
  let id = 0;
  let address = '0';
  const lines: Array<{ function: number; line: number }> = [];
  while (message.next()) {
    if (message.field === 1) {
      id = message.int();
    } else if (message.field === 3) {
      address = message.hex();
    } else if (message.field === 4) {
      lines.push(readLine(message.message()));
    }
  }
  return [id, { address, lines }];
}

function readLine(message: Fields) {
  const line = { function: 0, line: 0 };
  while (message.next()) {
    if (message.field === 1) {
      line.function = message.int();
    } else if (message.field === 2) {
      line.line = message.int();
    }
  }
  return line;
}

function readFunction(message: Fields): [number, { name: number; file: number }] {
  let id = 0;
  let name = 0;
  let systemName = 0;
  let file = 0;
  while (message.next()) {
    if (message.field === 1) {
      id = message.int();
    } else if (message.field === 2) {
      name = message.int();
    } else if (message.field === 3) {
      systemName = message.int();
    } else if (message.field === 4) {
      file = message.int();
    }
  }
  return [id, { name: name || systemName, file }];
}

function stringAt({ strings }: Tables, index: number): string {
  const text = strings[index];
  if (text === undefined) {
    throw new UnreadableFile(
      `${SUBJECT} is damaged: it refers to text ${index} of a table of ${strings.length}. Its end may be missing.`
    );
  }
  return text;
}

/** Stacks come with the innermost location first. */
function stackReader(part: PartBuilder, tables: Tables): (ids: readonly number[]) => number {
  const framesOf = new Map<number, readonly number[]>();
  const frames = (id: number): readonly number[] => {
    let found = framesOf.get(id);
    if (!found) {
      found = framesOfLocation(part, tables, id);
      framesOf.set(id, found);
    }
    return found;
  };
  return (ids) => {
    let stack = -1;
    for (let i = ids.length - 1; i >= 0; i--) {
      for (const frame of frames(ids[i])) {
        stack = part.stack(stack, frame);
      }
    }
    return stack;
  };
}

/** Frames of a location, the outermost first. */
function framesOfLocation(part: PartBuilder, tables: Tables, id: number): number[] {
  const location = tables.locations.get(id);
  if (!location) {
    throw new UnreadableFile(`${SUBJECT} is damaged: a sample refers to location ${id}, which is not there.`);
  }
  const address = location.address === '0' ? '' : `0x${location.address}`;
  if (location.lines.length === 0) {
    return [part.frame(address)];
  }
  return location.lines
    .map((line) => {
      const made = tables.functions.get(line.function);
      return made
        ? part.frame(stringAt(tables, made.name) || address, stringAt(tables, made.file), line.line)
        : part.frame(address);
    })
    .reverse();
}

/** The type that the file prefers; else the last, as pprof's own tool has it. */
function defaultType(types: readonly SampleType[], preferred: string | undefined): number {
  const found = types.findIndex(({ type }) => type !== '' && type === preferred);
  return found >= 0 ? found : types.length - 1;
}

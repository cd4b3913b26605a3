import type { SampleType } from '../stackProfile';

import type { ImportedFile, ProfilePart } from './importedFile';
import type { FileLimits } from './limits';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

/** What both encodings of OTLP profiles are read into; names as in opentelemetry-proto's v1development. */
export interface Dictionary {
  readonly strings: readonly string[];
  readonly functions: ReadonlyArray<{ readonly name: number; readonly file: number }>;
  readonly mappings: ReadonlyArray<{ readonly file: number }>;
  readonly locations: readonly Location[];
  /** Locations of each stack, the innermost first. */
  readonly stacks: ReadonlyArray<readonly number[]>;
}

export interface Location {
  /** Hexadecimal; '0' when there is none. */
  readonly address: string;
  readonly mapping: number;
  /** The innermost inlined function first. */
  readonly lines: ReadonlyArray<{ readonly function: number; readonly line: number }>;
}

export interface OtlpProfile {
  readonly type: number;
  readonly unit: number;
  readonly samples: readonly OtlpSample[];
}

export interface OtlpSample {
  readonly stack: number;
  readonly values: readonly number[];
  /** Number of moments at which it was taken; without values each counts once. */
  readonly times: number;
}

const SUBJECT = 'The OTLP file';

/** One part for the profiles that were taken together: those with the same stacks, one sample type each. */
export function otlpFile(profiles: readonly OtlpProfile[], dictionary: Dictionary, limits: FileLimits): ImportedFile {
  if (profiles.length === 0) {
    throw new UnreadableFile(`${SUBJECT} holds no profile.`);
  }
  const groups = new Map<string, OtlpProfile[]>();
  for (const profile of profiles) {
    // A sample type comes once a part; a second profile of it is of another process.
    const key = `${profile.type} ${profile.unit}`;
    groups.set(key, [...(groups.get(key) ?? []), profile]);
  }
  const count = Math.max(...[...groups.values()].map(({ length }) => length));
  const parts: ProfilePart[] = [];
  for (let i = 0; i < count; i++) {
    const together = [...groups.values()].flatMap((group) => group.slice(i, i + 1));
    parts.push(partOf(together, dictionary, limits, count > 1 ? `profile ${i + 1}` : ''));
  }
  return { format: 'OTLP profiles', parts, notices: [] };
}

function partOf(
  profiles: readonly OtlpProfile[],
  dictionary: Dictionary,
  limits: FileLimits,
  name: string
): ProfilePart {
  const types = profiles.map<SampleType>(({ type, unit }) => ({
    type: textAt(dictionary, type) || 'samples',
    unit: textAt(dictionary, unit) || 'count',
  }));
  const part = new PartBuilder(types, limits);
  const stacks = new Map<number, number>();
  profiles.forEach(({ samples }, column) => {
    for (const { stack, values, times } of samples) {
      let known = stacks.get(stack);
      if (known === undefined) {
        known = part.stackOf(framesOf(part, dictionary, stack));
        stacks.set(stack, known);
      }
      const value = values.length > 0 ? values.reduce((sum, each) => sum + each, 0) : times;
      part.add(
        known,
        types.map((_, at) => (at === column ? value : 0))
      );
    }
  });
  return part.build(name);
}

/** Frames of a stack, the outermost first. */
function framesOf(part: PartBuilder, dictionary: Dictionary, stack: number): number[] {
  const locations = dictionary.stacks[stack];
  if (!locations) {
    throw new UnreadableFile(
      `${SUBJECT} is damaged: a sample refers to stack ${stack} of ${dictionary.stacks.length}.`
    );
  }
  const frames: number[] = [];
  for (const index of locations) {
    const location = dictionary.locations[index];
    if (!location) {
      throw new UnreadableFile(
        `${SUBJECT} is damaged: a stack refers to location ${index} of ${dictionary.locations.length}.`
      );
    }
    const named = location.lines.map((line) => {
      const made = dictionary.functions[line.function];
      return (
        made &&
        part.frame(
          textAt(dictionary, made.name) || placeOf(dictionary, location),
          textAt(dictionary, made.file),
          line.line
        )
      );
    });
    const known = named.filter((frame) => frame !== undefined);
    frames.push(...(known.length > 0 ? known : [part.frame(placeOf(dictionary, location))]));
  }
  return frames.reverse();
}

function placeOf(dictionary: Dictionary, { address, mapping }: Location): string {
  const file = textAt(dictionary, dictionary.mappings[mapping]?.file ?? 0);
  const place = address === '0' ? '' : `0x${address}`;
  return file ? `${file.slice(file.lastIndexOf('/') + 1)} ${place}`.trim() : place;
}

function textAt({ strings }: Dictionary, index: number): string {
  const text = strings[index];
  if (text === undefined && index !== 0) {
    throw new UnreadableFile(`${SUBJECT} is damaged: it refers to text ${index} of a table of ${strings.length}.`);
  }
  return text ?? '';
}

import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import type { OpenedFile } from './openedFile';
import { type Dictionary, type Location, otlpFile, type OtlpProfile, type OtlpSample } from './otlp';
import { beforeDictionary } from './otlpBefore';
import { Fields } from './protobuf';

const SUBJECT = 'The OTLP file';
const SAMPLES_A_STEP = 2048;

/** Field numbers of opentelemetry-proto's profiles/v1development, as they are since version 1.9. */
const FILE = { resourceProfiles: 1, dictionary: 2 } as const;
const DICTIONARY = { mapping: 1, location: 2, function: 3, string: 5, stack: 7 } as const;

/** Version 1.6 had the tables where the dictionary is now, up to this field; versions before had one in each profile. */
const LAST_TABLE = 8;
const STRINGS_OF_PROFILE = 10;

/** Whether the bytes are resource profiles and a dictionary, and the first has a scope's profiles inside. */
export function isOtlp({ bytes }: OpenedFile): boolean {
  const fields = new Fields(bytes, SUBJECT);
  try {
    while (fields.next()) {
      if (fields.field === FILE.resourceProfiles) {
        return hasProfile(fields.message());
      }
      if (fields.field !== FILE.dictionary) {
        return false;
      }
    }
  } catch {
    return false;
  }
  return false;
}

function hasProfile(resource: Fields): boolean {
  while (resource.next()) {
    if (resource.field > 3 && resource.field !== 1000) {
      return false;
    }
    if (resource.field === 2) {
      const scope = resource.message();
      while (scope.next()) {
        if (scope.field === 2) {
          return true;
        }
      }
    }
  }
  return false;
}

/** OTLP profiles as protobuf. */
export function* readOtlp({ bytes, limits }: OpenedFile): Steps<ImportedFile> {
  const fields = new Fields(bytes, SUBJECT);
  const profiles: OtlpProfile[] = [];
  let dictionary: Dictionary = { strings: [], functions: [], mappings: [], locations: [], stacks: [] };
  while (fields.next()) {
    if (fields.field === FILE.resourceProfiles) {
      const resource = fields.message();
      while (resource.next()) {
        if (resource.field === 2) {
          const scope = resource.message();
          while (scope.next()) {
            if (scope.field === 2) {
              profiles.push(yield* readProfile(scope.message()));
            }
          }
        }
      }
    } else if (fields.field === FILE.dictionary) {
      dictionary = yield* readDictionary(fields.message());
    } else if (fields.field <= LAST_TABLE) {
      throw beforeDictionary();
    }
    yield fields.position / fields.length;
  }
  return otlpFile(profiles, dictionary, limits);
}

function* readProfile(message: Fields): Steps<OtlpProfile> {
  let type = 0;
  let unit = 0;
  const samples: OtlpSample[] = [];
  while (message.next()) {
    if (message.field === 1) {
      [type, unit] = numbers(message.message(), 1, 2);
    } else if (message.field === 2) {
      samples.push(readSample(message.message()));
      if (samples.length % SAMPLES_A_STEP === 0) {
        yield message.position / message.length;
      }
    } else if (message.field === STRINGS_OF_PROFILE && !message.isNumber && samples.length > 0) {
      throw beforeDictionary();
    }
  }
  return { type, unit, samples };
}

function readSample(message: Fields): OtlpSample {
  let stack = 0;
  const values: number[] = [];
  const times: number[] = [];
  while (message.next()) {
    // Before, the fields 1 to 3 were where the locations begin, how many there are, and the values.
    if ((message.field === 2 && message.isNumber) || (message.field === 3 && !message.isNumber)) {
      throw beforeDictionary();
    }
    if (message.field === 1) {
      stack = message.int();
    } else if (message.field === 4) {
      message.ints(values);
    } else if (message.field === 5) {
      message.fixed64s(times);
    }
  }
  return { stack, values, times: times.length };
}

function* readDictionary(message: Fields): Steps<Dictionary> {
  const strings: string[] = [];
  const functions: Array<{ name: number; file: number }> = [];
  const mappings: Array<{ file: number }> = [];
  const locations: Location[] = [];
  const stacks: number[][] = [];
  for (let read = 0; message.next(); read++) {
    if (message.field === DICTIONARY.string) {
      strings.push(message.text());
    } else if (message.field === DICTIONARY.function) {
      const [name, systemName, file] = numbers(message.message(), 1, 2, 3);
      functions.push({ name: name || systemName, file });
    } else if (message.field === DICTIONARY.mapping) {
      const [file] = numbers(message.message(), 4);
      mappings.push({ file });
    } else if (message.field === DICTIONARY.location) {
      locations.push(readLocation(message.message()));
    } else if (message.field === DICTIONARY.stack) {
      const stack: number[] = [];
      const inside = message.message();
      while (inside.next()) {
        if (inside.field === 1) {
          inside.ints(stack);
        }
      }
      stacks.push(stack);
    }
    if (read % SAMPLES_A_STEP === 0) {
      yield message.position / message.length;
    }
  }
  return { strings, functions, mappings, locations, stacks };
}

function readLocation(message: Fields): Location {
  let mapping = 0;
  let address = '0';
  const lines: Array<{ function: number; line: number }> = [];
  while (message.next()) {
    if (message.field === 1) {
      mapping = message.int();
    } else if (message.field === 2) {
      address = message.hex();
    } else if (message.field === 3) {
      const [made, line] = numbers(message.message(), 1, 2);
      lines.push({ function: made, line });
    }
  }
  return { address, mapping, lines };
}

/** The numbers of some fields, 0 for those that are left out. */
function numbers(message: Fields, ...fields: number[]): number[] {
  const found = fields.map(() => 0);
  while (message.next()) {
    const at = fields.indexOf(message.field);
    if (at >= 0) {
      found[at] = message.int();
    }
  }
  return found;
}

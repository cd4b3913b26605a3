import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { OpenedFile } from './openedFile';
import { type Dictionary, otlpFile, type OtlpProfile } from './otlp';
import { beforeDictionary } from './otlpBefore';

export function isOtlpJson(file: OpenedFile): boolean {
  const json = file.json();
  return isObject(json) && Array.isArray(json.resourceProfiles);
}

/** OTLP profiles as protobuf's JSON: names in camelCase, 64-bit numbers as text, zeros left out. */
export function* readOtlpJson(file: OpenedFile): Steps<ImportedFile> {
  const json = file.json() as JsonObject;
  const sent = objectsIn(json.resourceProfiles)
    .flatMap(({ scopeProfiles }) => objectsIn(scopeProfiles))
    .flatMap(({ profiles: inside }) => objectsIn(inside));
  if ('stringTable' in json || sent.some((profile) => OF_BEFORE.some((name) => name in profile))) {
    throw beforeDictionary();
  }
  const profiles = sent.map(profileOf);
  yield 0.5;
  return otlpFile(profiles, dictionaryOf(isObject(json.dictionary) ? json.dictionary : {}), file.limits);
}

/** What profiles had before they shared a dictionary. */
const OF_BEFORE = ['sample', 'locationIndices', 'stringTable', 'profile'];

function profileOf({ sampleType, samples }: JsonObject): OtlpProfile {
  const type = isObject(sampleType) ? sampleType : {};
  return {
    type: index(type.typeStrindex),
    unit: index(type.unitStrindex),
    samples: objectsIn(samples).map((sample) => ({
      stack: index(sample.stackIndex),
      values: arrayOf(sample.values).map(index),
      times: arrayOf(sample.timestampsUnixNano).length,
    })),
  };
}

function dictionaryOf(json: JsonObject): Dictionary {
  return {
    strings: arrayOf(json.stringTable).map((text) => textOf(text) ?? ''),
    functions: objectsIn(json.functionTable).map((each) => ({
      name: index(each.nameStrindex) || index(each.systemNameStrindex),
      file: index(each.filenameStrindex),
    })),
    mappings: objectsIn(json.mappingTable).map((each) => ({ file: index(each.filenameStrindex) })),
    locations: objectsIn(json.locationTable).map((each) => ({
      address: hexOf(each.address),
      mapping: index(each.mappingIndex),
      lines: objectsIn(each.lines).map((line) => ({ function: index(line.functionIndex), line: index(line.line) })),
    })),
    stacks: objectsIn(json.stackTable).map((each) => arrayOf(each.locationIndices).map(index)),
  };
}

/** Entries count by their place, so what is none stays as an empty one. */
function objectsIn(value: unknown): JsonObject[] {
  return arrayOf(value).map((entry) => (isObject(entry) ? entry : {}));
}

function index(value: unknown): number {
  return numberOf(value) ?? 0;
}

function hexOf(value: unknown): string {
  const digits = typeof value === 'number' ? String(value) : (textOf(value) ?? '');
  return /^\d{1,20}$/.test(digits) ? BigInt(digits).toString(16) : '0';
}

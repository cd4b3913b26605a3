import type { Steps } from '../../engine';

import type { ImportedFile, ProfilePart } from './importedFile';
import { arrayOf, isObject, numberOf, textOf, type JsonObject } from './json';
import type { FileLimits } from './limits';
import type { OpenedFile } from './openedFile';
import { PartBuilder } from './partBuilder';
import { UnreadableFile } from './unreadable';

const ROWS_A_STEP = 4096;
/** Frames lie no deeper than this in what Grafana saves: { results: { A: { frames: [ … ] } } }. */
const DEEPEST = 5;
const MOST_FRAMES = 100;
/** pprof's words for Grafana's units. */
const UNITS = new Map([
  ['ns', 'nanoseconds'],
  ['bytes', 'bytes'],
  ['decbytes', 'bytes'],
]);

interface Columns {
  readonly name: string;
  readonly unit: string;
  readonly column: (name: string) => readonly unknown[] | undefined;
  readonly labels: readonly unknown[];
}

/**
 * Data frames of a flame graph, in the forms that the query inspector and the panel's menu give: with `schema` and
 * `data` or with fields that hold values, alone, listed, or as `results`, `frames` or `series` of something.
 */
function framesIn(json: unknown, depth = 0): Columns[] {
  if (depth > DEEPEST) {
    return [];
  }
  if (Array.isArray(json)) {
    return json.slice(0, MOST_FRAMES).flatMap((each) => framesIn(each, depth + 1));
  }
  if (!isObject(json)) {
    return [];
  }
  const frame = columnsOf(json);
  const answers = isObject(json.results) ? Object.values(json.results).slice(0, MOST_FRAMES) : [];
  return frame ? [frame] : [...answers, json.frames, json.series].flatMap((each) => framesIn(each, depth + 1));
}

function columnsOf(json: JsonObject): Columns | undefined {
  const schema = isObject(json.schema) ? json.schema : json;
  const fields = arrayOf(schema.fields).filter(isObject);
  const values = isObject(json.data) ? arrayOf(json.data.values) : undefined;
  const indexOf = (name: string) => fields.findIndex((field) => field.name === name);
  const column = (name: string) => {
    const at = indexOf(name);
    const found = at < 0 ? undefined : (values?.[at] ?? fields[at].values);
    return Array.isArray(found) ? (found as readonly unknown[]) : undefined;
  };
  const [level, value, label] = ['level', 'value', 'label'].map(column);
  if (!level || !value || !label) {
    return undefined;
  }
  const configOf = (name: string) => {
    const { config } = fields[indexOf(name)];
    return isObject(config) ? config : {};
  };
  const { type } = configOf('label');
  const texts = isObject(type) && isObject(type.enum) ? arrayOf(type.enum.text) : undefined;
  const { unit } = configOf('value');
  return {
    name: textOf(schema.name) ?? '',
    unit: UNITS.get(textOf(unit) ?? '') ?? 'count',
    column,
    labels: texts ? label.map((index) => texts[Number(index)]) : label,
  };
}

export function isFlameFrameJson(file: OpenedFile): boolean {
  return framesIn(file.json()).length > 0;
}

/** The data of a flame graph panel as Grafana saves it: one part a frame; a diff has both sides. */
export function* readFlameFrameJson(file: OpenedFile): Steps<ImportedFile> {
  const parts: ProfilePart[] = [];
  for (const frame of framesIn(file.json())) {
    parts.push(yield* readFrame(frame, file.limits));
  }
  return { format: 'Grafana flame graph', parts, notices: [] };
}

function* readFrame({ name, unit, column, labels }: Columns, limits: FileLimits): Steps<ProfilePart> {
  const level = column('level')!;
  const isDiff = column('valueRight') !== undefined;
  const type = unit === 'nanoseconds' ? 'time' : unit === 'bytes' ? 'space' : 'count';
  const part = new PartBuilder(
    isDiff ? ['baseline', 'comparison'].map((side) => ({ type: `${type}_${side}`, unit })) : [{ type, unit }],
    limits
  );
  const sides = [
    selfOf(level, column('value')!, column('self')),
    ...(isDiff ? [selfOf(level, column('valueRight')!, column('selfRight'))] : []),
  ];
  const open: number[] = [];
  for (let row = 0; row < level.length; row++) {
    const depth = numberOf(level[row]);
    if (depth === undefined || !Number.isInteger(depth) || depth < 0 || depth > open.length) {
      throw new UnreadableFile(`The flame graph is damaged: row ${row} has level ${String(level[row])}.`);
    }
    open.length = depth;
    const stack = depth === 0 ? -1 : part.stack(open[depth - 1], part.frame(textOf(labels[row]) ?? ''));
    open.push(stack);
    const values = sides.map((self) => self[row]);
    if (values.some((value) => value !== 0)) {
      part.add(stack, values);
    }
    if (row % ROWS_A_STEP === 0) {
      yield row / level.length;
    }
  }
  return { ...part.build(name), ...(isDiff && { isDiff }) };
}

/** Self of each row: as it is given, else what the children leave of the total. */
function selfOf(level: readonly unknown[], total: readonly unknown[], self?: readonly unknown[]): number[] {
  if (self) {
    return self.map((value) => numberOf(value) ?? 0);
  }
  const left = total.map((value) => numberOf(value) ?? 0);
  const open: number[] = [];
  level.forEach((depth, row) => {
    open.length = Math.min(open.length, Number(depth));
    if (open.length > 0) {
      left[open[open.length - 1]] -= numberOf(total[row]) ?? 0;
    }
    open.push(row);
  });
  return left;
}

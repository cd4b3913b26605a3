import type { FlameColumns, LabelColumn } from '../engine';

import { StackProfileBuilder, type SampleType, type StackProfile } from './stackProfile';
import { commonUnit } from './units';

/** One profile of several: the sample types of all, each once, in nanoseconds, bytes and counts. */
export function joinProfiles(profiles: readonly StackProfile[]): StackProfile {
  const types = new Map<string, SampleType>();
  const keyOf = ({ type, unit }: SampleType) => `${type}\0${commonUnit(unit).unit}`;
  for (const { sampleTypes } of profiles) {
    sampleTypes.forEach((each) => types.set(keyOf(each), { type: each.type, unit: commonUnit(each.unit).unit }));
  }
  const keys = [...types.keys()];
  const builder = new StackProfileBuilder([...types.values()]);
  for (const { sampleTypes, frames, stackParent, stackFrame, sampleStack, values } of profiles) {
    const frameIds = frames.map(({ name, file, line }) => builder.frame(name, file, line));
    const stackIds: number[] = [];
    stackFrame.forEach((frame, stack) => {
      const parent = stackParent[stack];
      stackIds.push(builder.stack(parent < 0 ? -1 : stackIds[parent], frameIds[frame]));
    });
    const columns = sampleTypes.map((each) => keys.indexOf(keyOf(each)));
    const factors = sampleTypes.map(({ unit }) => commonUnit(unit).factor);
    sampleStack.forEach((stack, sample) => {
      const row = keys.map(() => 0);
      columns.forEach((column, type) => (row[column] += values[type][sample] * factors[type]));
      builder.add(stack < 0 ? -1 : stackIds[stack], row);
    });
  }
  return builder.build();
}

/** The stacks of a flame graph's columns, self by self; the root is no frame. The left side of a difference counts. */
export function profileOfColumns(columns: FlameColumns, sampleType: SampleType): StackProfile {
  const { level, value, self, label } = columns;
  const builder = new StackProfileBuilder([sampleType]);
  const rest = self ? undefined : Float64Array.from(value);
  const open: Array<{ row: number; stack: number }> = [];
  const stacks = new Int32Array(level.length);
  for (let row = 0; row < level.length; row++) {
    open.length = Math.min(open.length, level[row]);
    const caller = open.at(-1);
    if (caller && rest) {
      rest[caller.row] -= value[row];
    }
    const stack = level[row] === 0 ? -1 : builder.stack(caller?.stack ?? -1, builder.frame(labelAt(label, row)));
    stacks[row] = stack;
    open.push({ row, stack });
  }
  for (let row = 0; row < level.length; row++) {
    const own = self ? self[row] : rest![row];
    if (own > 0) {
      builder.add(stacks[row], [own]);
    }
  }
  return builder.build();
}

function labelAt(label: LabelColumn, row: number): string {
  return 'index' in label && 'text' in label ? label.text[label.index[row]] : (label as ArrayLike<string>)[row];
}

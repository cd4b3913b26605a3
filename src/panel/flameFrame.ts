import { type DataFrame, type Field, FieldType } from '@grafana/data';

import type { FlameColumns, LabelColumn } from '../engine';

/** Whether a frame has the fields of a flame graph: level, value and label. */
export function isFlameFrame(frame: DataFrame): boolean {
  return ['level', 'value', 'label'].every((name) => fieldOf(frame, name) !== undefined);
}

/** The columns of a flame graph frame; see isFlameFrame. Values are taken as they are, so the engine checks them. */
export function columnsOf(frame: DataFrame): FlameColumns {
  const numbers = (name: string): ArrayLike<number> | undefined => fieldOf(frame, name)?.values;
  return {
    level: numbers('level')!,
    value: numbers('value')!,
    self: numbers('self'),
    label: labelColumn(fieldOf(frame, 'label')!),
    valueRight: numbers('valueRight'),
    selfRight: numbers('selfRight'),
  };
}

export function fieldOf(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name === name);
}

function labelColumn(field: Field): LabelColumn {
  return field.type === FieldType.enum
    ? { index: field.values, text: field.config.type?.enum?.text ?? [] }
    : field.values;
}

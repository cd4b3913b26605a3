import { type DataFrame, type Field, FieldType } from '@grafana/data';

import type { FlameColumns } from '../../engine';
import { commonUnit } from '../../formats';

/** Grafana's units for those in which columns are made. */
const UNITS = { nanoseconds: 'ns', bytes: 'bytes', count: 'short' } as const;

/** Columns of a flame graph as the frame that our panel takes; unit is pprof's word for that of the sample type. */
export function flameFrame(name: string, columns: FlameColumns, sampleType: { type: string; unit: string }): DataFrame {
  const { unit } = commonUnit(sampleType.unit);
  const numbers = (field: string, values: ArrayLike<number> | undefined): Field[] =>
    values ? [{ name: field, type: FieldType.number, config: { unit: UNITS[unit] }, values: Array.from(values) }] : [];
  const fields: Field[] = [
    { name: 'level', type: FieldType.number, config: {}, values: Array.from(columns.level) },
    ...numbers('value', columns.value),
    ...numbers('self', columns.self),
    labelField(columns),
    ...numbers('valueRight', columns.valueRight),
    ...numbers('selfRight', columns.selfRight),
  ];
  return {
    name,
    fields,
    length: columns.level.length,
    meta: { custom: { profileTypeId: `:${sampleType.type}:${sampleType.unit}::` } },
  };
}

function labelField({ label }: FlameColumns): Field {
  return 'index' in label && 'text' in label
    ? {
        name: 'label',
        type: FieldType.enum,
        config: { type: { enum: { text: Array.from(label.text) } } },
        values: Array.from(label.index),
      }
    : { name: 'label', type: FieldType.string, config: {}, values: Array.from(label) };
}

/** Whether a frame has the fields of a flame graph. */
export function isFlameFrame({ fields }: DataFrame): boolean {
  return ['level', 'value', 'label'].every((name) => fields.some((field) => field.name === name));
}

/** The columns of a frame of one profile, as our data source gives it; see isFlameFrame. */
export function columnsOf({ fields }: DataFrame): FlameColumns {
  const field = (name: string) => fields.find((one) => one.name === name);
  const label = field('label');
  const texts = label?.config.type?.enum?.text;
  return {
    level: field('level')?.values ?? [],
    value: field('value')?.values ?? [],
    self: field('self')?.values,
    label: texts ? { index: label?.values ?? [], text: texts } : (label?.values ?? []),
  };
}

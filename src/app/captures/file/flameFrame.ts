import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';

import { type EnumColumn, type FlameColumns } from '../../../engine';

const UNITS = { nanoseconds: 'ns', bytes: 'bytes', count: 'short' } as const;

/** Columns as the frame that the flame graph panel draws. */
export function flameFrame(
  { level, value, self, label, valueRight, selfRight }: FlameColumns,
  unit: keyof typeof UNITS,
  name: string,
  type: string
): DataFrame {
  const numbers = (field: string, values: ArrayLike<number>, config = {}) => ({
    name: field,
    type: FieldType.number,
    // Grafana's frames are of arrays; typed ones do.
    values: values as number[],
    config,
  });
  const { index, text } = label as EnumColumn;
  const config = { unit: UNITS[unit] };
  return createDataFrame({
    name,
    meta: {
      preferredVisualisationPluginId: 'flamewatch-flamegraph-panel',
      custom: { profileTypeId: `file:${type.replace(/:/g, ' ')}:${unit}::` },
    },
    fields: [
      numbers('level', level),
      numbers('value', value, config),
      numbers('self', self!, config),
      ...(valueRight && selfRight
        ? [numbers('valueRight', valueRight, config), numbers('selfRight', selfRight, config)]
        : []),
      {
        name: 'label',
        type: FieldType.enum,
        values: index as number[],
        config: { type: { enum: { text: Array.from(text) } } },
      },
    ],
  });
}

/** The columns of a flame graph's frame; undefined for frames of something else. */
export function columnsOfFrame({ fields }: DataFrame): FlameColumns | undefined {
  const [level, value, self, label] = ['level', 'value', 'self', 'label'].map((name) =>
    fields.find((field) => field.name === name)
  );
  if (!level || !value || !label) {
    return undefined;
  }
  return {
    level: level.values,
    value: value.values,
    self: self?.values,
    label:
      label.type === FieldType.enum
        ? { index: label.values, text: label.config.type?.enum?.text ?? [] }
        : (label.values as string[]),
  };
}

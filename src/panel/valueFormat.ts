import { type DataFrame, formattedValueToString, getValueFormat } from '@grafana/data';

import type { FormatValue } from '../flamegraph/facts/nodeFacts';

import { fieldOf } from './flameFrame';

/** How the frame's values are written: as the panel's field options say, else by the unit of the field. */
export function valueFormat(frame: DataFrame | undefined): FormatValue {
  const field = frame && fieldOf(frame, 'value');
  const format = getValueFormat(field?.config.unit);
  return (value) => formattedValueToString(field?.display?.(value) ?? format(value));
}

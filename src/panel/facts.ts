import type { DataFrame, TimeRange } from '@grafana/data';

import type { Measured } from '../flamegraph/exporters/exporter';

import { fieldOf } from './flameFrame';

/** pprof's words for Grafana's units. */
const PPROF_UNITS: Readonly<Record<string, string>> = { ns: 'nanoseconds', bytes: 'bytes', decbytes: 'bytes' };

/** How many frames the server was asked for, as our datasource says it in the frame's meta. */
export function cutOf(frame: DataFrame): { maxNodes?: number } {
  const maxNodes: unknown = frame.meta?.custom?.maxNodes;
  return typeof maxNodes === 'number' && maxNodes > 0 ? { maxNodes } : {};
}

/** What the values are, for exported files; the profile type is `name:sample type:unit:…`. */
export function measuredOf(frame: DataFrame, { from, to }: TimeRange): Measured {
  const type: unknown = frame.meta?.custom?.profileTypeId;
  const [, sampleType] = typeof type === 'string' ? type.split(':') : [];
  const unit = fieldOf(frame, 'value')?.config.unit ?? '';
  return {
    sampleType: sampleType || 'value',
    unit: PPROF_UNITS[unit] ?? 'count',
    from: from.valueOf(),
    to: to.valueOf(),
  };
}

import { type DataFrame, FieldType } from '@grafana/data';

import { SERVICE_LABEL } from '../../datasource/editor/useFirstChoice';

/** What one service cost over the range. */
export interface ServiceCost {
  /** Mean in the unit of the answer, e.g. cores; see costsOf. */
  mean: number;
  /** One value a bucket, oldest first. Where the service sent nothing a flow is 0; a level, and what may still arrive, is not known. */
  values: Array<number | null>;
}

export interface ServiceCosts {
  byService: ReadonlyMap<string, ServiceCost>;
  /** Sum of the means of all lines, also of those that name no service. */
  total: number;
  /** Ends of the buckets in milliseconds, for every service's values. */
  times: number[];
  /** A Grafana unit. */
  unit: string;
  /** What is measured, in the backend's words, e.g. 'sampled CPU'. */
  title: string;
  /** Services found beyond the limit of the query. */
  cutOff: number;
}

/** meta.custom of a series frame, as the backend writes it (seriesFacts in pkg/datasource/series.go). */
interface SeriesFacts {
  title?: string;
  kind?: 'flow' | 'level';
  stepMs?: number;
  /** End of the first bucket for which profiles may still arrive; absent if all are finished. */
  partialFrom?: number;
  shown?: number;
  total?: number;
}

interface Line {
  service?: string;
  at: ReadonlyMap<number, number>;
}

/**
 * Costs of services from series grouped by service. Flows (CPU, allocations) are averaged over the time from the first to
 * the last finished bucket in which any service sent profiles, where no profile means no cost; levels (memory in use)
 * over the buckets in which the service sent profiles. Undefined where there is no series.
 */
export function costsOf(frames: DataFrame[]): ServiceCosts | undefined {
  const lines = frames.flatMap(readLine);
  if (lines.length === 0) {
    return undefined;
  }
  const facts: SeriesFacts = frames.find(({ meta }) => meta?.custom !== undefined)?.meta?.custom ?? {};
  const times = gridOf(lines, facts.stepMs ?? 0);
  const isFinished = (time: number) => !facts.partialFrom || time < facts.partialFrom;
  const finished = times.filter(isFinished);
  const counted = finished.length > 0 ? finished : times;
  const byService = new Map<string, ServiceCost>();
  // Where profiles may still arrive nothing is not 0, or every line would end in a fall.
  const absent = (time: number) => (facts.kind === 'level' || !isFinished(time) ? null : 0);
  let total = 0;
  for (const { service, at } of lines) {
    const mean = meanOf(at, counted, facts.kind);
    total += mean;
    if (service !== undefined) {
      byService.set(service, { mean, values: times.map((time) => at.get(time) ?? absent(time)) });
    }
  }
  const unit = frames.flatMap(({ fields }) => fields).find(({ type }) => type === FieldType.number)?.config.unit;
  const cutOff = Math.max(0, (facts.total ?? 0) - (facts.shown ?? 0));
  return { byService, total, times, unit: unit ?? 'none', title: facts.title ?? '', cutOff };
}

function readLine(frame: DataFrame): Line[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const value = frame.fields.find(({ type }) => type === FieldType.number);
  if (!time || !value || frame.length === 0) {
    return [];
  }
  const at = new Map<number, number>();
  for (let i = 0; i < frame.length; i++) {
    const measured: unknown = value.values[i];
    if (typeof measured === 'number' && Number.isFinite(measured)) {
      at.set(time.values[i], measured);
    }
  }
  return at.size === 0 ? [] : [{ service: value.labels?.[SERVICE_LABEL], at }];
}

/** Every bucket from the first to the last that any line has; without a step only those that lines have. */
function gridOf(lines: Line[], step: number): number[] {
  const seen = [...new Set(lines.flatMap(({ at }) => [...at.keys()]))].sort((a, b) => a - b);
  const first = seen[0];
  const length = step > 0 ? Math.round((seen[seen.length - 1] - first) / step) + 1 : 0;
  // Points off the grid (another server's answer) are kept as they are.
  const onGrid = step > 0 && seen.every((time) => (time - first) % step === 0);
  return onGrid ? Array.from({ length }, (_, i) => first + i * step) : seen;
}

function meanOf(at: ReadonlyMap<number, number>, times: number[], kind: SeriesFacts['kind']): number {
  const values = times.flatMap((time) => at.get(time) ?? []);
  const sum = values.reduce((a, b) => a + b, 0);
  const count = kind === 'level' ? values.length : times.length;
  return count === 0 ? 0 : sum / count;
}

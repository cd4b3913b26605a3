import { type DataFrame, FieldType, type Labels } from '@grafana/data';

/** meta.custom of a series frame, as the backend writes it (seriesFacts in pkg/datasource/series.go). */
export interface SeriesFacts {
  title?: string;
  kind?: 'flow' | 'level';
  stepMs?: number;
  /** End of the first bucket for which profiles may still arrive; absent if all are finished. */
  partialFrom?: number;
  shown?: number;
  total?: number;
  /** Lines that this one stands for, where the rest are added up. */
  remainder?: number;
}

interface ReadLine {
  /** As the backend names it; undefined leaves that to Grafana. */
  name?: string;
  labels: Labels;
  at: ReadonlyMap<number, number>;
}

export interface LineCost extends Omit<ReadLine, 'at'> {
  /** Mean in the unit of the answer, e.g. cores. */
  mean: number;
  /** One value a bucket, oldest first. Without profiles a flow is 0; a level, and what may still arrive, is not known. */
  values: Array<number | null>;
}

export interface LineCosts {
  lines: LineCost[];
  /** Ends of the buckets in milliseconds, for every line's values. */
  times: number[];
  /** A Grafana unit. */
  unit: string;
  facts: SeriesFacts;
}

/**
 * What the lines of a grouped series cost over the range. Flows (CPU, allocations) are averaged over the time from the
 * first to the last finished bucket in which any line has profiles, where no profile means no cost; levels (memory in
 * use) over the buckets in which the line has profiles. Undefined where there is no series.
 */
export function lineCosts(frames: readonly DataFrame[]): LineCosts | undefined {
  const lines = frames.flatMap(readLine);
  if (lines.length === 0) {
    return undefined;
  }
  const facts: SeriesFacts = frames.find(({ meta }) => meta?.custom !== undefined)?.meta?.custom ?? {};
  const times = gridOf(lines, facts.stepMs ?? 0);
  const isFinished = (time: number) => !facts.partialFrom || time < facts.partialFrom;
  const finished = times.filter(isFinished);
  const counted = finished.length > 0 ? finished : times;
  // Where profiles may still arrive nothing is not 0, or every line would end in a fall.
  const absent = (time: number) => (facts.kind === 'level' || !isFinished(time) ? null : 0);
  const unit = frames.flatMap(({ fields }) => fields).find(({ type }) => type === FieldType.number)?.config.unit;
  return {
    lines: lines.map(({ at, ...line }) => ({
      ...line,
      mean: meanOf(at, counted, facts.kind),
      values: times.map((time) => at.get(time) ?? absent(time)),
    })),
    times,
    unit: unit ?? 'none',
    facts,
  };
}

function readLine(frame: DataFrame): ReadLine[] {
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
  return at.size === 0 ? [] : [{ name: value.config.displayNameFromDS, labels: value.labels ?? {}, at }];
}

/** Every bucket from the first to the last that any line has; without a step only those that lines have. */
function gridOf(lines: ReadLine[], step: number): number[] {
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

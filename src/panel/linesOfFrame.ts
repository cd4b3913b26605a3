import type { DataFrame, TimeRange } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

import type { LinesOf, SourcePlace } from '../flamegraph/context';
import { diffLines } from '../flamegraph/lines/diffLines';
import type { FunctionLines } from '../flamegraph/lines/functionLines';
import { DATASOURCE_TYPE } from '../links/linked';

import { type ProfileSide, sidesOf } from './sides';
import type { FilledQuery } from './useFilledQuery';

/** What is known of the lines of a frame's functions. */
export interface FrameLines {
  readonly linesOf: LinesOf;
  /** Where a function is written, once its lines have been fetched. */
  placeOf(name: string): SourcePlace | undefined;
}

/**
 * Asks the frame's datasource what lines cost, for a diff on both sides; undefined when it is not ours or when neither
 * the frame nor the query says which profiles they are.
 */
export function linesOfFrame(frame: DataFrame, filled: FilledQuery, range: TimeRange): FrameLines | undefined {
  const { datasource } = filled;
  const sides = sidesOf(frame, filled.query, range);
  if (datasource.type !== DATASOURCE_TYPE || !(datasource instanceof DataSourceWithBackend) || !sides) {
    return undefined;
  }
  const places = new Map<string, SourcePlace>();
  const ask = ({ profileTypeId, selector, from, to }: ProfileSide, name: string, signal: AbortSignal) =>
    datasource.getResource<FunctionLines>(
      'lines',
      { type: profileTypeId, query: selector, start: from, end: to, function: name },
      // The dialog says what went wrong.
      { abortSignal: signal, showErrorAlert: false }
    );
  const linesOf: LinesOf = async (name, signal) => {
    const { shown, baseline } = sides;
    const [own, other] = await Promise.all([ask(shown, name, signal), baseline && ask(baseline, name, signal)]);
    const found = other ? diffLines(other, own, shown.scale) : own;
    const [costliest] = found.files;
    if (costliest && costliest.file !== '') {
      places.set(name, { file: costliest.file, line: costliest.startLine || undefined });
    }
    return found;
  };
  return { linesOf, placeOf: (name) => places.get(name) };
}

import type { TimeRange } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

import type { LinesOf, SourcePlace } from '../flamegraph/context';
import type { FunctionLines } from '../flamegraph/lines/functionLines';
import { DATASOURCE_TYPE } from '../links/linked';

import type { FilledQuery } from './useFilledQuery';

/** What is known of the lines of a query's functions. */
export interface QueryLines {
  readonly linesOf: LinesOf;
  /** Where a function is written, once its lines have been fetched. */
  placeOf(name: string): SourcePlace | undefined;
}

/** Asks the query's datasource what lines cost; undefined when it is not ours or the query says too little. */
export function linesOfQuery({ datasource, query }: FilledQuery, { from, to }: TimeRange): QueryLines | undefined {
  const { profileTypeId, labelSelector } = query;
  if (
    datasource.type !== DATASOURCE_TYPE ||
    !(datasource instanceof DataSourceWithBackend) ||
    typeof profileTypeId !== 'string' ||
    profileTypeId.split(':').length < 5
  ) {
    return undefined;
  }
  const params = { type: profileTypeId, query: labelSelector, start: from.valueOf(), end: to.valueOf() };
  const places = new Map<string, SourcePlace>();
  const linesOf: LinesOf = async (name, signal) => {
    const found = await datasource.getResource<FunctionLines>(
      'lines',
      { ...params, function: name },
      // The dialog says what went wrong.
      { abortSignal: signal, showErrorAlert: false }
    );
    const [costliest] = found.files;
    if (costliest && costliest.file !== '') {
      places.set(name, { file: costliest.file, line: costliest.startLine || undefined });
    }
    return found;
  };
  return { linesOf, placeOf: (name) => places.get(name) };
}

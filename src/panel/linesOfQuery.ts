import type { TimeRange } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';

import type { LinesOf } from '../flamegraph/context';
import type { FunctionLines } from '../flamegraph/lines/functionLines';
import { DATASOURCE_TYPE } from '../links/linked';

import type { FilledQuery } from './useFilledQuery';

/** Asks the query's datasource what lines cost; undefined when it is not ours or the query says too little. */
export function linesOfQuery({ datasource, query }: FilledQuery, { from, to }: TimeRange): LinesOf | undefined {
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
  return (name, signal) =>
    datasource.getResource<FunctionLines>(
      'lines',
      { ...params, function: name },
      // The dialog says what went wrong.
      { abortSignal: signal, showErrorAlert: false }
    );
}

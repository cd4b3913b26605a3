import { useEffect, useMemo, useState } from 'react';
import { firstValueFrom, fromEvent, type Observable, takeUntil } from 'rxjs';

import type { CompletionSources, Scope as WrittenScope } from '../../flameql/completion/sources';
import type { ProfilesDatasource, Scope } from '../ProfilesDatasource';
import { writeSelector } from '../selector/selector';
import { roundOutward, type Span } from './span';

/** Where completion looks: `defaultType` holds for a query that names no type. */
export interface CompletionPlace {
  span: Span;
  defaultType: string;
}

/** What completion offers of a datasource, at the place that holds when it is asked. */
export function completionSources(datasource: ProfilesDatasource, place: () => CompletionPlace): CompletionSources {
  const scopeOf = ({ type, matchers }: WrittenScope): Scope => ({
    profileTypeId: type ?? place().defaultType,
    labelSelector: writeSelector(matchers),
  });
  return {
    types: (scope, signal) => answerOf(datasource.profileTypes(scopeOf(scope), place().span), signal),
    labels: (scope, signal) => answerOf(datasource.labelNames(scopeOf(scope), place().span), signal),
    values: (label, scope, signal) => answerOf(datasource.labelValues(label, scopeOf(scope), place().span), signal),
    functions: () => Promise.resolve(datasource.seenFunctions.list()),
    variables: () => datasource.variableNames(),
    key: () =>
      JSON.stringify([roundOutward(place().span), place().defaultType, datasource.seenFunctions.list().length]),
  };
}

/** Sources that stay the same while range and type change: new ones would close a list that is open in the editor. */
export function useCompletionSources(datasource: ProfilesDatasource, place: CompletionPlace): CompletionSources {
  const [latest] = useState(() => hold(place));
  useEffect(() => latest.set(place), [latest, place]);
  return useMemo(() => completionSources(datasource, latest.get), [datasource, latest]);
}

function hold<T>(first: T) {
  let held = first;
  return {
    get: () => held,
    set: (next: T) => {
      held = next;
    },
  };
}

/** Given up, the request is cancelled and there is nothing to offer. */
function answerOf(answer: Observable<string[]>, signal: AbortSignal): Promise<string[]> {
  return firstValueFrom(answer.pipe(takeUntil(fromEvent(signal, 'abort'))), { defaultValue: [] });
}

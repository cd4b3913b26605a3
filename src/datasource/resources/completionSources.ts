import { firstValueFrom, fromEvent, type Observable, takeUntil } from 'rxjs';

import type { CompletionSources, Scope as WrittenScope } from '../../flameql/completion/sources';
import type { ProfilesDatasource, Scope } from '../ProfilesDatasource';
import { writeSelector } from '../selector/selector';
import type { Span } from './span';

/** What completion offers of a datasource, for a range. `defaultType` holds for a query that names no type. */
export function completionSources(datasource: ProfilesDatasource, span: Span, defaultType: string): CompletionSources {
  const scopeOf = ({ type, matchers }: WrittenScope): Scope => ({
    profileTypeId: type ?? defaultType,
    labelSelector: writeSelector(matchers),
  });
  return {
    types: (scope, signal) => answerOf(datasource.profileTypes(scopeOf(scope), span), signal),
    labels: (scope, signal) => answerOf(datasource.labelNames(scopeOf(scope), span), signal),
    values: (label, scope, signal) => answerOf(datasource.labelValues(label, scopeOf(scope), span), signal),
    functions: () => Promise.resolve(datasource.seenFunctions.list()),
    variables: () => datasource.variableNames(),
  };
}

/** Given up, the request is cancelled and there is nothing to offer. */
function answerOf(answer: Observable<string[]>, signal: AbortSignal): Promise<string[]> {
  return firstValueFrom(answer.pipe(takeUntil(fromEvent(signal, 'abort'))), { defaultValue: [] });
}

import { useCallback, useMemo } from 'react';

import type { TimeRange } from '@grafana/data';

import type { LabelQuestions } from '../editor/labelQuestions';
import type { ProfilesDatasource } from '../ProfilesDatasource';
import { type Span, spanOf } from './span';
import { type Answer, useAnswer } from './useAnswer';

/** What an editor asks the server about: a range, and profiles of a type if there is one. */
export interface ScopeQuestions {
  /** Stays the same object while its times do: Grafana hands over a new range with every run. */
  span: Span;
  types: Answer<string[]>;
  questions: LabelQuestions;
}

export function useScopeQuestions(
  datasource: ProfilesDatasource,
  profileTypeId: string,
  range: TimeRange | undefined
): ScopeQuestions {
  const { start, end } = spanOf(range);
  const span = useMemo(() => ({ start, end }), [start, end]);
  const types = useAnswer(useCallback(() => datasource.discovery.profileTypes(span), [datasource, span]));
  const questions = useMemo<LabelQuestions>(
    () => ({
      names: (selector) => datasource.labelNames({ profileTypeId, labelSelector: selector }, span),
      values: (label, selector) => datasource.labelValues(label, { profileTypeId, labelSelector: selector }, span),
    }),
    [datasource, profileTypeId, span]
  );
  return { span, types, questions };
}

import { useCallback } from 'react';

import type { DraftMatcher } from '../../flameql/draft';
import { type Answer, useAnswer } from '../resources/useAnswer';
import { writeSelector } from '../selector/selector';
import type { LabelQuestions } from './labelQuestions';

/** Labels of the profiles that the matchers keep. */
export function useLabelNames(questions: LabelQuestions, matchers: readonly DraftMatcher[] = []): Answer<string[]> {
  const selector = writeSelector(matchers);
  return useAnswer(useCallback(() => questions.names(selector), [questions, selector]));
}

import { useCallback, useEffect, useState } from 'react';
import type { Observable } from 'rxjs';

import { describeFailure } from './failure';

/** A question to the server and how far its answer is. */
export interface Answer<T> {
  /** The latest answer; kept while a newer one is on its way, so that a list does not blink. */
  value?: T;
  loading: boolean;
  /** A sentence; absent while there is none. */
  failure?: string;
  retry: () => void;
}

/**
 * Asks when the question changes and drops what is outdated: the former request is cancelled. `ask` must be stable
 * (useCallback); undefined asks nothing.
 */
export function useAnswer<T>(ask: (() => Observable<T>) | undefined): Answer<T> {
  const [attempt, setAttempt] = useState(0);
  const [last, setLast] = useState<{ ask: typeof ask; attempt: number; value?: T; failure?: string }>();
  useEffect(() => {
    const waiting = ask?.().subscribe({
      next: (value) => setLast({ ask, attempt, value }),
      error: (error: unknown) => setLast({ ask, attempt, failure: describeFailure(error) }),
    });
    return () => waiting?.unsubscribe();
  }, [ask, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const answered = last?.ask === ask && last?.attempt === attempt;
  return {
    value: last?.value,
    loading: ask !== undefined && !answered,
    failure: answered ? last?.failure : undefined,
    retry,
  };
}

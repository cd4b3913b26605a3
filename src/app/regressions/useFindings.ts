import { useCallback, useEffect, useMemo, useState } from 'react';
import { bufferTime, filter, scan } from 'rxjs';

import { describeFailure } from '../../datasource/resources/failure';
import { streamLines } from '../resources/streamLines';

import { FINDINGS_RESOURCE, type FindingsRequest } from './findings';
import { type FindingsAnswer, isOver, NOTHING_YET, takeLines } from './findingsAnswer';

/** A question for findings and how far its answer is. */
export interface Findings {
  answer: FindingsAnswer;
  /** The last whole answer to the same question over another range, to be shown while the new one begins. */
  before?: FindingsAnswer;
  loading: boolean;
  cancelled: boolean;
  /** Why there is no answer, or no whole one. */
  failure?: string;
  cancel: () => void;
  retry: () => void;
}

interface State {
  key: string;
  answer: FindingsAnswer;
  over: boolean;
  failure?: string;
}

/** Lines may come by the thousand; the screen is drawn anew a few times a second. */
const REDRAW_MS = 150;

/**
 * Asks for the findings when the question changes; the former question's work ends at once, also in the backend. What is
 * undefined is not asked.
 */
export function useFindings(datasourceUid: string, request: FindingsRequest | undefined): Findings {
  const [attempt, setAttempt] = useState(0);
  const question = useMemo(() => (request === undefined ? undefined : JSON.stringify(request)), [request]);
  const key = `${attempt} ${datasourceUid} ${question}`;
  const base = useMemo(
    () => `${datasourceUid} ${request && JSON.stringify({ ...request, from: 0, to: 0 })}`,
    [datasourceUid, request]
  );
  const [state, setState] = useState<State>();
  const [complete, setComplete] = useState<{ base: string; answer: FindingsAnswer }>();
  const [stopped, setStopped] = useState<string>();
  const isStopped = stopped === key;

  useEffect(() => {
    if (question === undefined || isStopped) {
      return;
    }
    const lines = streamLines({
      url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/${FINDINGS_RESOURCE}`,
      method: 'POST',
      data: JSON.parse(question) as FindingsRequest,
    });
    let answer = NOTHING_YET;
    const begun = { key, answer, over: false };
    const subscription = lines
      .pipe(
        bufferTime(REDRAW_MS),
        filter((some) => some.length > 0),
        scan(takeLines, NOTHING_YET)
      )
      .subscribe({
        next: (known) => {
          answer = known;
          setState({ ...begun, answer, over: isOver(known), failure: known.failed?.message });
        },
        error: (cause: unknown) => setState({ ...begun, answer, over: true, failure: describeFailure(cause) }),
        complete: () => {
          setState({ ...begun, answer, over: true, failure: answer.failed?.message });
          if (answer.done) {
            setComplete({ base, answer });
          }
        },
      });
    return () => subscription.unsubscribe();
  }, [key, base, datasourceUid, question, isStopped]);

  const cancel = useCallback(() => setStopped(key), [key]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const current = state?.key === key ? state : undefined;
  const loading = question !== undefined && !isStopped && !current?.over;
  return {
    answer: current?.answer ?? NOTHING_YET,
    before: loading && complete?.base === base ? complete.answer : undefined,
    loading,
    cancelled: isStopped && !current?.over,
    failure: current?.failure,
    cancel,
    retry,
  };
}

import { Observable } from 'rxjs';

import { t } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';

import { describeFailure } from '../../../datasource/resources/failure';

import { CaptureAnswer, type CaptureProblem, type CaptureProgress, type Take } from './CaptureAnswer';
import type { CaptureMode, ProfileName } from './profileKinds';

/** What is captured, as the backend takes it (pkg/capture/profiles.go). */
export interface CaptureAsk {
  target: string;
  instance: string;
  profile: ProfileName;
  mode: CaptureMode;
  seconds: number;
}

export interface CaptureState {
  progress?: CaptureProgress;
  /** Share of the profiles' bytes that came from Grafana to the browser. */
  received?: number;
  takes?: Take[];
}

/** A capture that failed; the message is a sentence for the user. */
export class CaptureFailure extends Error {
  constructor(
    message: string,
    /** What to copy and apply, where there is such a thing. */
    readonly remedy?: string
  ) {
    super(message);
    this.name = 'CaptureFailure';
  }
}

/** Captures; unsubscribing cancels, down to the program that is profiled. Fails with a CaptureFailure. */
export function takeCapture(datasourceUid: string, ask: CaptureAsk): Observable<CaptureState> {
  return new Observable((subscriber) => {
    const answer = new CaptureAnswer();
    const refusal: Uint8Array[] = [];
    let status = 200;
    const fail = (sentence: string, remedy?: string) => subscriber.error(new CaptureFailure(sentence, remedy));
    const call = getBackendSrv()
      .chunked({
        url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/captures/take`,
        method: 'POST',
        data: ask,
        showErrorAlert: false,
      })
      .subscribe({
        next: (part) => {
          status = part.status;
          if (!part.data) {
            return;
          }
          if (status !== 200) {
            refusal.push(part.data);
            return;
          }
          try {
            answer.push(part.data);
          } catch {
            return fail(t('app.captures.unreadable', 'Something between changed the answer; it cannot be read.'));
          }
          if (answer.problem !== undefined) {
            return fail(answer.problem.message, answer.problem.remedy);
          }
          const { progress, received } = answer;
          const takes = answer.takes();
          subscriber.next({ progress, received: received && received.bytes / Math.max(1, received.of), takes });
          return takes && subscriber.complete();
        },
        error: (error: unknown) => fail(describeFailure(error)),
        complete: () => {
          if (status !== 200) {
            return fail(...refusalOf(refusal, status));
          }
          return answer.takes()
            ? subscriber.complete()
            : fail(
                t(
                  'app.captures.broken-off',
                  'The answer broke off: Grafana or something before it ended the connection.'
                )
              );
        },
      });
    return call;
  });
}

/** What an answer with an error's status says, and what to apply. */
function refusalOf(parts: Uint8Array[], status: number): [sentence: string, remedy?: string] {
  let data: Partial<CaptureProblem> | undefined;
  try {
    const decoder = new TextDecoder();
    data = JSON.parse(parts.map((part) => decoder.decode(part, { stream: true })).join('')) as Partial<CaptureProblem>;
  } catch {
    data = undefined;
  }
  return [describeFailure({ status, data, config: { url: '' } }), data?.remedy];
}

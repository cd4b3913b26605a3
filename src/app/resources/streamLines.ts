import { Observable } from 'rxjs';

import { t } from '@grafana/i18n';
import { type BackendSrvRequest, type FetchError, type FetchResponse, getBackendSrv } from '@grafana/runtime';

/** The longest line that is read, in characters: an answer of ours has a service a line, a few kilobytes each. */
const LONGEST_LINE = 8_000_000;

/**
 * An answer of JSON lines (NDJSON), each as soon as it has arrived whole; empty lines are passed over. Fails as
 * getBackendSrv().fetch does where the answer has an error's status, and with a sentence where the connection broke, a
 * line is no JSON or is beyond any that we write. Unsubscribing ends the call, and the backend's work with it.
 */
export function streamLines(request: BackendSrvRequest): Observable<unknown> {
  return new Observable((subscriber) => {
    const decoder = new TextDecoder();
    let rest = '';
    let refused: FetchResponse<unknown> | undefined;
    const take = (text: string) => {
      if (text.trim() !== '') {
        subscriber.next(JSON.parse(text));
      }
    };
    const read = (part: FetchResponse<Uint8Array | undefined>) => {
      if (!part.ok) {
        refused = part;
      }
      rest += part.data ? decoder.decode(part.data, { stream: true }) : '';
      if (rest.length > LONGEST_LINE) {
        throw new Error(t('app.stream.too-long', 'The answer has a line that is too long to read.'));
      }
      if (refused) {
        return;
      }
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    };
    const safely = (step: () => void) => {
      try {
        step();
      } catch (cause) {
        subscriber.error(cause instanceof SyntaxError ? notJson() : cause);
      }
    };
    return getBackendSrv()
      .chunked({ ...request, showErrorAlert: false })
      .subscribe({
        next: (part) => safely(() => read(part)),
        error: (cause: unknown) => subscriber.error(brokenConnection(cause)),
        complete: () =>
          safely(() => {
            if (refused) {
              throw fetchError(refused, rest, request);
            }
            take(rest + decoder.decode());
            subscriber.complete();
          }),
      });
  });
}

function fetchError(
  { status, statusText }: FetchResponse<unknown>,
  body: string,
  config: BackendSrvRequest
): FetchError {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    data = {};
  }
  return { status, statusText, data, config };
}

function notJson(): Error {
  return new Error(
    t(
      'app.stream.not-json',
      'The answer cannot be read: what came is not what this version of Flamewatch sends. Reload the page; if that does not help, a proxy may have changed or cut the answer.'
    )
  );
}

function brokenConnection(cause: unknown): unknown {
  // What the browser throws when a connection ends: its words say nothing to act on.
  return cause instanceof TypeError
    ? new Error(t('app.stream.broken', 'The connection to Grafana broke before the answer was complete. Try again.'))
    : cause;
}

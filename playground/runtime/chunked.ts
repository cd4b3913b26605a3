import { Observable } from 'rxjs';

import type { BackendSrvRequest, FetchResponse } from '@grafana/runtime';

import { addressOf, requestInit } from './request';

/**
 * An answer part by part, as it arrives; unsubscribing ends the call. As with Grafana's own service the last part has no
 * bytes, and an answer with an error's status arrives in parts as well.
 */
export function chunked(options: BackendSrvRequest): Observable<FetchResponse<Uint8Array | undefined>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const read = async () => {
      const response = await fetch(addressOf(options), requestInit(options, abort.signal));
      const { status, statusText, ok, headers, redirected, type, url } = response;
      const head = { status, statusText, ok, headers, redirected, type, url, config: options };
      const reader = response.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        subscriber.next({ ...head, data: part.value });
      }
      subscriber.next({ ...head, data: undefined });
      subscriber.complete();
    };
    read().catch((cause: unknown) => subscriber.error(cause));
    return () => abort.abort();
  });
}

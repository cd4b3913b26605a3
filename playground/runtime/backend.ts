import { type Observable, Observable as RxObservable, lastValueFrom, map } from 'rxjs';

import { AppEvents } from '@grafana/data';
import {
  type BackendSrv,
  type BackendSrvRequest,
  type FetchError,
  type FetchResponse,
  getAppEvents,
} from '@grafana/runtime';

import { chunked } from './chunked';
import { addressOf, requestInit } from './request';

/** Requests under way by their requestId: a newer one with the same id takes the older one's place, as in Grafana. */
const underWay = new Map<string, AbortController>();

/** Reads a body as asked for; without a wish JSON where it is JSON, else text. */
async function readBody(response: Response, as: BackendSrvRequest['responseType']): Promise<unknown> {
  switch (as) {
    case 'arraybuffer':
      return response.arrayBuffer();
    case 'blob':
      return response.blob();
    case 'text':
      return response.text();
    default: {
      const text = await response.text();
      try {
        return JSON.parse(text);
      } catch {
        return as === 'json' ? {} : text;
      }
    }
  }
}

function messageOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : undefined;
}

function showError(error: FetchError, options: BackendSrvRequest) {
  const isRead = (options.method ?? 'GET') === 'GET' && !options.url.includes('/health');
  if (options.showErrorAlert ?? isRead) {
    getAppEvents().publish({
      type: AppEvents.alertError.name,
      payload: [error.data?.message ?? error.statusText ?? 'The request failed', options.url],
    });
  }
}

async function send<T>(options: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  let response: Response;
  try {
    response = await fetch(addressOf(options), requestInit(options, signal));
  } catch (cause) {
    const error: FetchError = {
      status: 0,
      statusText: cause instanceof Error ? cause.message : String(cause),
      data: { message: 'The playground does not answer; is it still running?' },
      config: options,
    };
    throw error;
  }
  const data = await readBody(response, options.responseType);
  if (!response.ok) {
    const error: FetchError = {
      status: response.status,
      statusText: response.statusText,
      data: typeof data === 'object' ? data : { message: String(data), error: response.statusText, response: data },
      message: messageOf(data),
      config: options,
    };
    throw error;
  }
  const { status, statusText, ok, headers, redirected, type, url } = response;
  // The caller says which shape it expects, as with Grafana's own service.
  return { data: data as T, status, statusText, ok, headers, redirected, type, url, config: options };
}

function request<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
  return new RxObservable((subscriber) => {
    const abort = new AbortController();
    options.abortSignal?.addEventListener('abort', () => abort.abort(), { once: true });
    const { requestId } = options;
    if (requestId) {
      underWay.get(requestId)?.abort();
      underWay.set(requestId, abort);
    }
    let settled = false;
    send<T>(options, abort.signal)
      .then((response) => {
        settled = true;
        subscriber.next(response);
        subscriber.complete();
      })
      .catch((error: FetchError) => {
        settled = true;
        if (abort.signal.aborted) {
          subscriber.error({ ...error, cancelled: true, statusText: 'Request was aborted' });
          return;
        }
        showError(error, options);
        subscriber.error(error);
      })
      .finally(() => {
        if (requestId && underWay.get(requestId) === abort) {
          underWay.delete(requestId);
        }
      });
    return () => {
      if (!settled) {
        abort.abort();
      }
    };
  });
}

const bodyOf = <T>(options: BackendSrvRequest) => lastValueFrom(request<T>(options).pipe(map(({ data }) => data)));

/** Grafana's service for calls to its server, as far as plugins use it. */
export const backendSrv: BackendSrv = {
  fetch: request,
  request: bodyOf,
  datasourceRequest: (options) => lastValueFrom(request(options)),
  get: (url, params, requestId, options) => bodyOf({ ...options, url, params, requestId, method: 'GET' }),
  delete: (url, data, options) => bodyOf({ ...options, url, data, method: 'DELETE' }),
  post: (url, data, options) => bodyOf({ ...options, url, data, method: 'POST' }),
  patch: (url, data, options) => bodyOf({ ...options, url, data, method: 'PATCH' }),
  put: (url, data, options) => bodyOf({ ...options, url, data, method: 'PUT' }),
  chunked,
};

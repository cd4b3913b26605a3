import { urlUtil } from '@grafana/data';
import type { BackendSrvRequest } from '@grafana/runtime';

/** The address of a call, its parameters in it. */
export function addressOf({ url, params }: BackendSrvRequest) {
  const absolute = /^https?:/.test(url) ? url : '/' + url.replace(/^\//, '');
  return params ? urlUtil.renderUrl(absolute, params) : absolute;
}

/** A call as the browser's fetch takes it: a body that is no text goes as JSON. */
export function requestInit(options: BackendSrvRequest, signal: AbortSignal): RequestInit {
  const headers = new Headers(options.headers);
  const { data } = options;
  let body: BodyInit | undefined;
  if (data instanceof Blob || data instanceof FormData || typeof data === 'string') {
    body = data;
  } else if (data !== undefined && data !== null) {
    body = JSON.stringify(data);
    headers.set('Content-Type', headers.get('Content-Type') ?? 'application/json');
  }
  headers.set('Accept', headers.get('Accept') ?? 'application/json, text/plain, */*');
  return { method: options.method ?? 'GET', headers, body, signal, credentials: options.credentials };
}

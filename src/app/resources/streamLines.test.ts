import { Observable, of, throwError } from 'rxjs';

import { type BackendSrv, type FetchResponse, setBackendSrv } from '@grafana/runtime';

import { streamLines } from './streamLines';

const encoder = new TextEncoder();

function answer(parts: Array<Uint8Array | undefined>, ok = true, status = 200) {
  return of(...parts.map((data) => ({ ok, status, statusText: '', data }) as FetchResponse<Uint8Array | undefined>));
}

function stream(chunked: Observable<unknown>) {
  setBackendSrv({ chunked: () => chunked } as unknown as BackendSrv);
  const seen: { lines: unknown[]; failure?: unknown; done?: boolean } = { lines: [] };
  const subscription = streamLines({ url: '/x' }).subscribe({
    next: (line) => seen.lines.push(line),
    error: (failure: unknown) => (seen.failure = failure),
    complete: () => (seen.done = true),
  });
  return { ...seen, subscription };
}

it('reads lines wherever the parts are cut, also inside a letter', () => {
  const bytes = encoder.encode('{"a":"ü"}\n\n{"a":2}\r\n{"a":3}');
  const parts = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(stream(answer([...parts, undefined]))).toMatchObject({ lines: [{ a: 'ü' }, { a: 2 }, { a: 3 }], done: true });
});

it('gives each line when it has arrived', () => {
  const seen = stream(
    new Observable((subscriber) => subscriber.next({ ok: true, status: 200, data: encoder.encode('{"a":1}\n{"a":') }))
  );
  expect(seen.lines).toEqual([{ a: 1 }]);
  expect(seen.done).toBeUndefined();
});

it('fails with what an error says', () => {
  const body = encoder.encode('{"message":"No server\\n answers."}');
  expect(stream(answer([body.slice(0, 9), body.slice(9), undefined], false, 502)).failure).toMatchObject({
    status: 502,
    data: { message: 'No server\n answers.' },
  });
  expect(stream(answer([encoder.encode('<html>'), undefined], false, 504)).failure).toMatchObject({
    status: 504,
    data: {},
  });
});

it.each([
  ['no JSON', answer([encoder.encode('<html>\n')]), /cannot be read/],
  ['a cut line', answer([encoder.encode('{"a":1'), undefined]), /cannot be read/],
  ['a broken connection', throwError(() => new TypeError('Failed to fetch')), /connection to Grafana broke/],
  ['an endless line', answer([encoder.encode('x'.repeat(8_000_001))]), /too long/],
])('fails on %s', (_, parts, message) => {
  expect(stream(parts).failure).toMatchObject({ message: expect.stringMatching(message) });
});

it('ends the call with the subscription', () => {
  const ended = jest.fn();
  stream(new Observable(() => ended)).subscription.unsubscribe();
  expect(ended).toHaveBeenCalledTimes(1);
});

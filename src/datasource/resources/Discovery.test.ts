import type { FetchResponse } from '@grafana/runtime';
import { firstValueFrom, NEVER, Observable, of, throwError } from 'rxjs';

import { Discovery, type FetchResource } from './Discovery';

const HOUR = 3_600_000;
const span = { start: 10 * HOUR, end: 11 * HOUR };

function answering(body: unknown) {
  const fetchResource = jest.fn<ReturnType<FetchResource>, Parameters<FetchResource>>(() =>
    of({ data: body } as FetchResponse<unknown>)
  );
  return { fetchResource, discovery: new Discovery(fetchResource) };
}

it('asks as the core datasource asks', async () => {
  const { fetchResource, discovery } = answering(['b', 'a']);
  await firstValueFrom(discovery.labelValues('pod', '{service_name="x"}', span));
  expect(fetchResource).toHaveBeenCalledWith('labelValues', { label: 'pod', query: '{service_name="x"}', ...span });
});

it('sorts, and leaves private and empty names out', async () => {
  const { discovery } = answering(['pod', '__profile_type__', '', 'namespace', 'pod']);
  expect(await firstValueFrom(discovery.labelNames('{}', span))).toEqual(['namespace', 'pod']);
});

it.each([
  ['types', [{ id: 'b:b:c:d:e', label: 'b' }, { id: 'a:b:c:d:e' }], ['a:b:c:d:e', 'b:b:c:d:e']],
  ['nothing', null, []],
  ['something else', '<html>', []],
  ['odd types', [{ label: 'x' }, null, 7], []],
])('reads %s', async (_, body, expected) => {
  expect(await firstValueFrom(answering(body).discovery.profileTypes(span))).toEqual(expected);
});

it('asks once for a range that has moved by a second', async () => {
  const { fetchResource, discovery } = answering(['a']);
  await firstValueFrom(discovery.labelNames('{}', { start: span.start + 1000, end: span.end - 2000 }));
  await firstValueFrom(discovery.labelNames('{}', { start: span.start + 2000, end: span.end - 1000 }));
  expect(fetchResource).toHaveBeenCalledTimes(1);
});

it('asks again for other matchers and for a range that has moved on', async () => {
  const { fetchResource, discovery } = answering(['a']);
  await firstValueFrom(discovery.labelNames('{}', span));
  await firstValueFrom(discovery.labelNames('{a="b"}', span));
  await firstValueFrom(discovery.labelNames('{}', { start: span.start + HOUR, end: span.end + HOUR }));
  expect(fetchResource).toHaveBeenCalledTimes(3);
});

it('asks again after an error', async () => {
  const fetchResource = jest
    .fn()
    .mockReturnValueOnce(throwError(() => new Error('down')))
    .mockReturnValueOnce(of({ data: ['a'] }));
  const discovery = new Discovery(fetchResource);
  await expect(firstValueFrom(discovery.labelNames('{}', span))).rejects.toThrow('down');
  expect(await firstValueFrom(discovery.labelNames('{}', span))).toEqual(['a']);
});

it('cancels a request when nobody waits for it', () => {
  let cancelled = 0;
  const discovery = new Discovery(() => new Observable(() => () => cancelled++));
  const first = discovery.labelNames('{}', span).subscribe();
  const second = discovery.labelNames('{}', span).subscribe();
  first.unsubscribe();
  expect(cancelled).toBe(0);
  second.unsubscribe();
  expect(cancelled).toBe(1);
});

it('forgets after a minute, and the oldest first', () => {
  jest.useFakeTimers({ now: 0 });
  const fetchResource = jest.fn(() => NEVER);
  const discovery = new Discovery(fetchResource);
  const ask = (selector: string) => discovery.labelNames(selector, span).subscribe();
  ask('{}');
  jest.setSystemTime(61_000);
  ask('{}');
  expect(fetchResource).toHaveBeenCalledTimes(2);
  for (let i = 0; i < 200; i++) {
    ask(`{a="${i}"}`);
  }
  ask('{}');
  expect(fetchResource).toHaveBeenCalledTimes(203);
  jest.useRealTimers();
});

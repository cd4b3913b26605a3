import { renderHook } from '@testing-library/react';
import { NEVER, of, throwError } from 'rxjs';

import type { FetchResponse } from '@grafana/runtime';

import { CPU, datasourceWith, templatesOf } from '../editor/testing';
import { completionSources, useCompletionSources } from './completionSources';

const SPAN = { start: 0, end: 60_000 };
const at =
  (defaultType: string, span = SPAN) =>
  () => ({ span, defaultType });
const A = { label: 'a', op: '=' as const, value: '1' };

const { signal } = new AbortController();

it('asks the backend for what the rest of the query leaves', async () => {
  const fetchResource = jest.fn(() => of({ data: ['x'] } as unknown as FetchResponse<unknown>));
  const sources = completionSources(datasourceWith(fetchResource, templatesOf({ v: '2' })), at(CPU));
  expect(await sources.labels({ matchers: [A] }, signal)).toEqual(['x']);
  expect(fetchResource).toHaveBeenLastCalledWith('labelNames', {
    query: `{__profile_type__="${CPU}", a="1"}`,
    ...SPAN,
  });
  await sources.values('b', { type: 'cpu', matchers: [{ ...A, value: '$v' }] }, signal);
  // A short name is resolved by the backend; here it narrows nothing.
  expect(fetchResource).toHaveBeenLastCalledWith('labelValues', { label: 'b', query: '{a="2"}', ...SPAN });
  await sources.types({ matchers: [A] }, signal);
  expect(fetchResource).toHaveBeenLastCalledWith('profileTypes', { query: '{a="1"}', ...SPAN });
});

it('offers functions of recent answers and variables of the dashboard', async () => {
  const datasource = datasourceWith(undefined, templatesOf({ v: '2' }));
  datasource.seenFunctions.note([
    { length: 1, fields: [{ name: 'function', type: 'string', config: {}, values: ['main.run'] }] } as never,
  ]);
  const sources = completionSources(datasource, at(''));
  expect(await sources.functions({ matchers: [] }, signal)).toEqual(['main.run']);
  expect(sources.variables?.()).toEqual(['$v']);
});

it('gives up when it is told to, and fails when the backend does', async () => {
  const given = new AbortController();
  const waiting = completionSources(
    datasourceWith(() => NEVER),
    at('')
  ).labels({ matchers: [] }, given.signal);
  given.abort();
  expect(await waiting).toEqual([]);
  const failing = completionSources(
    datasourceWith(() => throwError(() => new Error('down'))),
    at('')
  );
  await expect(failing.labels({ matchers: [] }, signal)).rejects.toThrow('down');
});

it('knows when an answer holds no longer', () => {
  const datasource = datasourceWith();
  const key = (...place: Parameters<typeof at>) => completionSources(datasource, at(...place)).key?.();
  expect(key(CPU)).toBe(key(CPU, { start: 1, end: 59_999 }));
  expect(key(CPU)).not.toBe(key(CPU, { start: 0, end: 120_000 }));
  expect(key(CPU)).not.toBe(key(''));
});

it('stays the same while range and type change', () => {
  const datasource = datasourceWith();
  const { result, rerender } = renderHook(({ place }) => useCompletionSources(datasource, place), {
    initialProps: { place: at(CPU)() },
  });
  const before = result.current;
  const key = before.key?.();
  rerender({ place: at('', { start: 0, end: 120_000 })() });
  expect(result.current).toBe(before);
  expect(result.current.key?.()).not.toBe(key);
});

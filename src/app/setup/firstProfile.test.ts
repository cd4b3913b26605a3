import { of, throwError } from 'rxjs';

import type { FetchResource } from '../../datasource/resources/Discovery';

import { type Arrival, firstProfileOf } from './firstProfile';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const nothing = { services: [], profileTypes: [] };
const arrived = { services: [{ name: 'orders', profileTypes: [CPU] }], profileTypes: [{ id: CPU }] };

/** Answers one after the other; an Error fails. */
function watch(answers: unknown[]) {
  const asked: Array<Record<string, unknown>> = [];
  const seen: Arrival[] = [];
  const fetchResource = ((_, params) => {
    asked.push(params as Record<string, unknown>);
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    return answer instanceof Error ? throwError(() => answer) : of({ data: answer });
  }) as FetchResource;
  let ended = false;
  firstProfileOf('or"ders', fetchResource).subscribe({
    next: (arrival) => seen.push(arrival),
    complete: () => (ended = true),
  });
  return { asked, seen, ended: () => ended };
}

it('waits, then turns to what arrived and asks no more', () => {
  const { asked, seen, ended } = watch([nothing, nothing, arrived]);
  jest.advanceTimersByTime(30_000);
  expect(seen.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'arrived']);
  expect(seen[2]).toEqual({ state: 'arrived', profileTypes: [CPU] });
  expect(asked[0]).toMatchObject({ query: '{service_name="or\\"ders"}' });
  expect(asked).toHaveLength(3);
  expect(ended()).toBe(true);
});

it('goes on after a failure', () => {
  const { seen } = watch([new Error('The server is down.'), arrived]);
  jest.advanceTimersByTime(10_000);
  expect(seen[0]).toMatchObject({ state: 'failed' });
  expect(seen[1]).toMatchObject({ state: 'arrived' });
});

import { lastValueFrom, of } from 'rxjs';

import recorded from '../../../testdata/tempo/search.json';
import { DEFAULT_TAG_RULES } from '../../links/spanProfile';

import {
  MOST_TRACES,
  searchParams,
  slowestProfiledSpans,
  type TempoAnswer,
  traceQlOfProfiledSpans,
} from './tempoSearch';

const question = { start: 1_700_000_000_500, end: 1_700_000_060_000, rules: DEFAULT_TAG_RULES };

/** An answer in the shape of Tempo's /api/search. */
function answerOf(durations: number[], attributes = true): TempoAnswer {
  return {
    traces: durations.map((ms, i) => ({
      traceID: `t${i}`,
      rootServiceName: 'gateway',
      spanSets: [
        {
          spans: [
            {
              spanID: `${i}`,
              name: 'GET /export',
              startTimeUnixNano: '1700000000123456789',
              durationNanos: String(ms * 1e6),
              attributes: attributes
                ? [
                    { key: 'pyroscope.profile.id', value: { stringValue: `p${i}` } },
                    { key: 'resource.service.name', value: { stringValue: 'order-service' } },
                  ]
                : [],
            },
          ],
        },
      ],
    })),
  };
}

it('asks for spans with profiles and the tags that become labels', () => {
  expect(traceQlOfProfiledSpans('a "b"', [{ key: 'service.version' }, { key: 'odd key' }], 1.5)).toBe(
    '{ span.pyroscope.profile.id != nil && resource.service.name = "a \\"b\\"" && duration > 1500us }' +
      ' | select(name, span.pyroscope.profile.id, resource.service.name, span.service.name,' +
      ' resource.service.version, span.service.version)'
  );
  expect(searchParams(question)).toMatchObject({ start: 1_700_000_000, end: 1_700_000_060 });
});

it('reads spans, the slowest first, and leaves out those without an id', async () => {
  const spans = await lastValueFrom(slowestProfiledSpans(() => of(answerOf([5, 300])), question));
  expect(spans.map(({ durationMs }) => durationMs)).toEqual([300, 5]);
  expect(spans[0]).toMatchObject({ profileId: 'p1', traceId: 't1', tags: { 'service.name': 'order-service' } });
  expect(spans[0].startMs).toBeCloseTo(1_700_000_000_123.46, 1);
  expect(await lastValueFrom(slowestProfiledSpans(() => of(answerOf([5], false)), question))).toEqual([]);
  expect(await lastValueFrom(slowestProfiledSpans(() => of({}), question))).toEqual([]);
});

it('asks again for slower ones while there are more than Tempo returns, until it has the slowest', async () => {
  // In an order of its own, as a Tempo returns them.
  const all = Array.from({ length: 20_000 }, (_, i) => ((i * 7919) % 20_000) + 1);
  const asked: string[] = [];
  const spans = await lastValueFrom(
    slowestProfiledSpans(({ q }) => {
      asked.push(String(q));
      const least = Number(/duration > (\d+)us/.exec(String(q))?.[1] ?? 0) / 1000;
      const found = all.filter((ms) => ms > least).slice(0, MOST_TRACES);
      const answer = answerOf(found);
      for (const [i, trace] of answer.traces?.entries() ?? []) {
        trace.traceID = `t${found[i]}`;
        trace.spanSets![0].spans![0].spanID = 's';
      }
      return of(answer);
    }, question)
  );
  expect(asked.length).toBeLessThanOrEqual(8);
  expect(spans.slice(0, 20).map(({ durationMs }) => durationMs)).toEqual(
    Array.from({ length: 20 }, (_, i) => 20_000 - i)
  );
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(spans.length);
  expect(spans.length).toBeGreaterThanOrEqual(MOST_TRACES);
});

// An answer of a real Tempo; see testdata/tempo.
it('reads what a real Tempo answers', async () => {
  const [span] = await lastValueFrom(slowestProfiledSpans(() => of(recorded), question));
  expect(span).toMatchObject({
    name: 'GET /export',
    profileId: recorded.traces[0].spanSets[0].spans[0].spanID,
    tags: { 'service.name': 'order-service', 'service.version': 'v1.4.3' },
  });
});

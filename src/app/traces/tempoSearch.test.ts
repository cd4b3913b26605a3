import { lastValueFrom, of } from 'rxjs';

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
      ' | select(span.pyroscope.profile.id, resource.service.name, span.service.name,' +
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

it('asks again for the slower half while there are more than Tempo returns', async () => {
  const all = Array.from({ length: 500 }, (_, i) => i + 1);
  const asked: string[] = [];
  const spans = await lastValueFrom(
    slowestProfiledSpans(({ q }) => {
      asked.push(String(q));
      const least = Number(/duration > (\d+)us/.exec(String(q))?.[1] ?? 0) / 1000;
      return of(answerOf(all.filter((ms) => ms > least).slice(0, MOST_TRACES)));
    }, question)
  );
  expect(asked).toHaveLength(5);
  expect(spans[0].durationMs).toBeGreaterThan(250);
});

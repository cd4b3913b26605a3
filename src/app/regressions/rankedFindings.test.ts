import { readSilences, silenceOf } from '../alerting/silence';

import { silencesWithoutFinding } from './GoneMutes';
import { type FindingFilter, labelsOf, rankFindings } from './rankedFindings';
import { finding, serviceFindings } from './testing';

jest.mock('@grafana/runtime', () => ({ ...jest.requireActual('@grafana/runtime') }));

const everything: FindingFilter = { shown: 'all', search: '', muted: true };

const BYTES = 'memory:alloc_space:bytes:space:bytes';

const answers = [
  serviceFindings({
    service: 'a',
    findings: [
      finding({ service: 'a', function: 'f', cost: 0.1 }),
      finding({ service: 'a', function: 'g', cost: 0.2 }),
      finding({ service: 'a', function: 'h', cost: -9, kind: 'shrank' }),
    ],
  }),
  serviceFindings({
    service: 'b',
    profileTypeId: BYTES,
    findings: [finding({ service: 'b', function: 'alloc', cost: 5e6, costUnit: 'binBps', profileTypeId: BYTES })],
  }),
  serviceFindings({ service: 'c', findings: [] }),
];

const shown = (filter: Partial<FindingFilter>, silences = readSilences([])) =>
  rankFindings(answers, silences, { ...everything, ...filter }).map(({ service, findings }) => [
    service,
    ...findings.map((ranked) => ranked.finding.function),
  ]);

const silence = (name: string, part: object = {}) =>
  readSilences([
    {
      id: name,
      status: { state: 'active' },
      ...silenceOf({
        labels: labelsOf(finding({ service: 'a', function: name })),
        reason: '',
        createdBy: '',
        from: 0,
        to: 1,
      }),
      ...part,
    },
  ]);

it('ranks by cost within the unit, what is dearer before what is not', () => {
  expect(shown({})).toEqual([
    ['b', 'alloc'],
    ['a', 'g', 'f', 'h'],
  ]);
});

it.each<[Partial<FindingFilter>, string[][]]>([
  [
    { shown: 'costlier' },
    [
      ['b', 'alloc'],
      ['a', 'g', 'f'],
    ],
  ],
  [{ search: 'A f' }, [['a', 'f']]],
  [{ search: 'main.main alloc' }, [['b', 'alloc']]],
  [{ status: 'gone' }, []],
])('keeps what fits %j', (filter, expected) => {
  expect(shown(filter)).toEqual(expected);
});

it('puts muted findings last, or leaves them out', () => {
  expect(shown({}, silence('g'))[1]).toEqual(['a', 'f', 'h', 'g']);
  expect(shown({ muted: false }, silence('g'))[1]).toEqual(['a', 'f', 'h']);
  expect(shown({}, silence('g', { status: { state: 'pending' } }))[1]).toEqual(['a', 'g', 'f', 'h']);
});

it('knows silences whose finding is gone', () => {
  const silences = [...silence('f'), ...silence('vanished')];
  expect(silencesWithoutFinding(silences, answers).map(({ id }) => id)).toEqual(['vanished']);
});

// The screen ranks anew several times a second while answers come.
it('ranks the findings of 10,000 services, muted by 50 silences, without a pause that is felt', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    serviceFindings({
      service: `service-${i}`,
      findings: [1, 2, 3].map((k) =>
        finding({ service: `service-${i}`, function: `shop/cart.(*Cart).step${k}.func1`, cost: (i % 97) + k })
      ),
    })
  );
  const silences = Array.from({ length: 50 }, (_, i) => silence(`shop/cart.(*Cart).other${i}`)).flat();
  const begun = performance.now();
  const ranked = rankFindings(many, silences, everything);
  const took = performance.now() - begun;
  expect(ranked).toHaveLength(10_000);
  expect(ranked[0].findings[0].finding.cost).toBe(99);
  expect(took).toBeLessThan(5000); // some 300 ms where nothing else runs
});

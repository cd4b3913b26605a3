import fc from 'fast-check';

import type { Draft, DraftMatcher } from '../../flameql/draft';
import { formatDraft } from '../../flameql/format';
import { parseDraft } from '../../flameql/parse';
import { CPU, QUERY } from '../editor/testing';
import { readSavedQuery } from '../migrate';
import type { ProfilesQuery } from '../query';
import { draftOfQuery } from './draftOfQuery';
import { queryOfDraft, queryOfText, textOfQuery } from './queryOfDraft';

const EMPTY: ProfilesQuery = { refId: 'A', profileTypeId: '', labelSelector: '{}', groupBy: [] };

function draftOf(query: ProfilesQuery): Draft {
  const read = draftOfQuery(query);
  if (!read.ok) {
    throw new Error(read.fault);
  }
  return read.draft;
}

const text = fc.string({ maxLength: 6 });
const label = fc.constantFrom('pod', 'service_name', 'k8s.pod', 'two words', '$label');
const matcher: fc.Arbitrary<DraftMatcher> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      label,
      op: fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const),
      value: text,
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ variable: '$more' }, { variable: '${rest}' }) }
);
const matchers = fc.uniqueArray(matcher, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) });
const type = fc.constantFrom(CPU, 'cpu', '$type', 'memory:inuse_space');
const time = fc.constantFrom({ offset: '1h' }, { offset: '$back' }, { from: 'now-2h', to: 'now-1h' });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const pattern = fc.constantFrom('json', '^a\\.b$', '$function', 'say "hi"');

/** What the builder has fields for. A query always has a type there, as it is chosen first. */
const built: fc.Arbitrary<Draft> = fc
  .record({
    left: fc.record({ type, matchers: optional(matchers), time: optional(time) }),
    right: optional(fc.record({ type: optional(type), matchers: optional(matchers), time })),
    by: optional(fc.uniqueArray(label, { minLength: 1, maxLength: 2 })),
    function: optional(pattern),
    focus: optional(pattern),
    hide: optional(pattern),
    span: optional(fc.constant(['61940201a61f3e83', '${span}'])),
    profile: optional(fc.constant(['7c9e6679-7425-40de-944b-e07fc1f90ae7'])),
    nodes: optional(fc.constantFrom('512', '$nodes')),
    limit: optional(fc.constantFrom('5', '$limit')),
    normalise: optional(fc.constantFrom('share', 'rate', '$mode')),
  })
  .map((draft) => JSON.parse(JSON.stringify(draft)) as Draft);

describe('builder and text', () => {
  it('hold the same, whichever way a query goes', () => {
    fc.assert(
      fc.property(built, (draft) => {
        const saved = queryOfDraft(EMPTY, draft);
        expect(draftOf(saved)).toEqual(draft);
        expect(draftOf(readSavedQuery(JSON.parse(JSON.stringify(saved))))).toEqual(draft);
        const asText = queryOfText(saved, textOfQuery(saved));
        expect(asText.flameql).toBe(formatDraft(draft));
        expect(draftOf(asText)).toEqual(draft);
        expect(draftOf(queryOfDraft(asText, draftOf(asText)))).toEqual(draft);
        expect(textOfQuery(queryOfDraft(asText, draftOf(asText)))).toBe(asText.flameql);
      }),
      { numRuns: 500 }
    );
  });

  it('keep what is no part of a draft', () => {
    const query = { ...QUERY, queryType: 'metrics' as const, levels: 'average' as const, own: 1 };
    expect(queryOfText(query, 'cpu')).toMatchObject({ queryType: 'metrics', levels: 'average', own: 1, refId: 'A' });
    expect(queryOfDraft(query, { left: {} })).toMatchObject({ queryType: 'metrics', levels: 'average', own: 1 });
  });
});

describe('the form in which the builder saves', () => {
  it("is core's fields where they say it all", () => {
    const draft: Draft = {
      left: { type: CPU, matchers: [{ label: 'a', op: '=', value: 'b' }] },
      by: ['pod'],
      nodes: '5',
    };
    expect(queryOfDraft(EMPTY, draft)).toEqual({
      refId: 'A',
      editorMode: 'builder',
      profileTypeId: CPU,
      labelSelector: '{a="b"}',
      groupBy: ['pod'],
      maxNodes: 5,
    });
  });

  it('is text for what they cannot say', () => {
    const saved = queryOfDraft({ ...QUERY, limit: 3 }, { left: { type: 'cpu' }, right: { time: { offset: '1h' } } });
    expect(saved).toEqual({
      refId: 'A',
      editorMode: 'builder',
      queryType: 'both',
      profileTypeId: 'cpu',
      labelSelector: '{}',
      groupBy: [],
      flameql: 'cpu vs offset 1h',
    });
  });
});

describe('a saved query', () => {
  it('with a baseline in fields is a comparison', () => {
    const baseline = { labelSelector: '{service_name="checkout", version="1"}', offset: '1h' };
    const query = { ...QUERY, labelSelector: '{service_name="checkout", version="2"}', baseline };
    expect(textOfQuery(query)).toBe(`${CPU}{service_name="checkout", version="2"} vs {version="1"} offset 1h`);
    expect(textOfQuery({ ...QUERY, baseline: { from: 0, to: 60_000, profileTypeId: 'cpu' } })).toBe(
      `${CPU}{service_name="checkout"} vs cpu @[1970-01-01T00:00:00Z, 1970-01-01T00:01:00Z]`
    );
  });

  it('as text takes from its fields what the text does not say, as the backend does', () => {
    const query = { ...QUERY, groupBy: ['pod'], limit: 3, flameql: '{a="b"} limit 7' };
    expect(draftOf(query)).toEqual({
      left: { type: CPU, matchers: [{ label: 'a', op: '=', value: 'b' }] },
      by: ['pod'],
      limit: '7',
    });
  });

  it('with a fault in its selector becomes a text with that fault', () => {
    const query = { ...QUERY, labelSelector: '{service_name=', groupBy: ['pod'] };
    expect(draftOfQuery(query)).toEqual({ ok: false, fault: expect.stringContaining('Expected a value in quotes') });
    expect(textOfQuery(query)).toBe(`${CPU}{service_name= by (pod)`);
    expect(parseDraft(textOfQuery(query)).ok).toBe(false);
  });

  it('with a baseline that no text can say loses none of its words', () => {
    const query = { ...QUERY, labelSelector: '{$more}', baseline: { labelSelector: '{a="b"}', offset: '1h' } };
    expect(draftOfQuery(query)).toEqual({ ok: false, fault: expect.stringContaining('a text cannot say') });
    expect(textOfQuery(query)).toBe(`${CPU}{$more} vs ${CPU}{a="b"} offset 1h`);
  });

  it('as a text with a fault stays that text', () => {
    const query = { ...QUERY, flameql: 'cpu{' };
    expect(draftOfQuery(query).ok).toBe(false);
    expect(textOfQuery(query)).toBe('cpu{');
  });
});

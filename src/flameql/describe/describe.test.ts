import { parseDraft } from '../parse';
import { readVectors } from '../testing';
import { describe as describeQuery, type DescriptionOptions } from './describe';

function said(text: string, options?: DescriptionOptions): string {
  const parsed = parseDraft(text);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error));
  }
  return describeQuery(parsed.query, options);
}

const QUERY =
  'cpu{service_name="order-service", version!="v1", pod=~`a\\.1|b`, zone!~"eu-.*", $more} offset 1h30m ' +
  'vs {version="v0"} @[now-1d, now] by (pod, zone) function "json" focus "a" hide "b" nodes 5 limit 7 normalise rate $clauses';

it('says everything that a query says', () => {
  expect(said(QUERY)).toBe(
    'Cpu of profiles where service_name is "order-service", version is not "v1", pod is "a.1" or "b", ' +
      'zone does not match eu-.* and $more fits, 1 hour 30 minutes earlier, compared with the same where version is "v0", ' +
      'from 1 day ago to now, per unit of time, one series for each pod and zone, ' +
      'only call paths through functions that match json, only stacks with a function that matches a, ' +
      'without functions that match b, at most 5 nodes of the flame graph, at most 7 series or functions, ' +
      'and what $clauses says.'
  );
  expect(said(QUERY, { language: 'de' })).toBe(
    'Cpu von Profilen, für die gilt: service_name ist „order-service“, version ist nicht „v1“, pod ist „a.1“ oder „b“, ' +
      'zone passt nicht auf eu-.* und $more trifft zu, vor 1 Stunde 30 Minuten, verglichen mit demselben mit: version ist „v0“, ' +
      'von vor 1 Tag bis jetzt, je Zeiteinheit, eine Zeitreihe je pod und zone, ' +
      'nur Aufrufpfade durch Funktionen, auf die json passt, nur Stacks mit einer Funktion, auf die a passt, ' +
      'ohne Funktionen, auf die b passt, höchstens 5 Knoten des Flame-Graphs, höchstens 7 Zeitreihen oder Funktionen, ' +
      'und was $clauses sagt.'
  );
});

it.each([
  ['{}', 'The chosen profile type of all profiles.'],
  [
    '{a=""} vs offset 1d',
    'The chosen profile type of profiles where a is empty, compared with the same 1 day earlier, by share of each side.',
  ],
  ['cpu vs heap', 'Cpu of all profiles, compared with the same heap, by share of each side.'],
  ['cpu vs {}', 'Cpu of all profiles, compared with itself, by share of each side.'],
  ['cpu{a=~"1|2|3|4|5"}', 'Cpu of profiles where a is one of 5 values.'],
  ['cpu{a=~"$x"}', 'Cpu of profiles where a matches $x.'],
  ['cpu offset 2w', 'Cpu of all profiles, 2 weeks earlier.'],
  ['cpu offset 8d', 'Cpu of all profiles, 8 days earlier.'],
  [
    'cpu offset $o normalise none',
    'Cpu of all profiles, $o earlier, normalised without effect, because nothing is compared.',
  ],
  ['cpu offset 1500ms', 'Cpu of all profiles, 1s500ms earlier.'],
  ['cpu span ("61940201a61f3e83")', 'Cpu of all profiles, only of span 61940201a61f3e83.'],
  [
    'cpu span ("61940201a61f3e83") vs {a="1"}',
    'Cpu of all profiles, only of span 61940201a61f3e83, compared with the same where a is "1", by share of each side.',
  ],
  [
    'span ("61940201a61f3e83") vs {}',
    'The chosen profile type of all profiles, only of span 61940201a61f3e83, compared with all of the same, by share of each side.',
  ],
  ['cpu span ("61940201a61f3e83", $s)', 'Cpu of all profiles, only of 2 spans.'],
  ['cpu @[2026-01-31T12:00:00Z, now-5m]', 'Cpu of all profiles, from 2026-01-31T12:00:00Z to 5 minutes ago.'],
])('%s', (text, sentence) => {
  expect(said(text)).toBe(sentence);
});

it('names types in the words of the place beside it', () => {
  const typeName = (type: string) => `time on ${type}`;
  expect(said('{}', { typeName, defaultType: 'cpu' })).toBe('Time on cpu of all profiles.');
});

it('has a sentence for every valid query, in both languages', () => {
  for (const { query } of readVectors<{ query: string }>('valid.json')) {
    for (const language of ['en', 'de'] as const) {
      expect(said(query, { language })).toMatch(/^\S.*\.$/s);
      expect(said(query, { language })).not.toMatch(/undefined|NaN|\[object/);
    }
  }
});

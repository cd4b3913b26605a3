import { mutedBy, mutes, readSilences, type Silence, type SilenceMatcher, silenceOf } from './silence';

const labels = { service_name: 'orders', function: 'orders.serializeOrder', kind: 'grew' };

const made = silenceOf({ labels, reason: 'known, fixed in v1.4.4', createdBy: 'ada', from: 0, to: 3_600_000 });

function listed(part: object = {}) {
  return { id: 's1', status: { state: 'active' }, updatedAt: '', ...made, ...part };
}

const [silence] = readSilences([listed()]);

it('writes and reads a silence of a finding', () => {
  expect(made.matchers).toEqual([
    { name: 'service_name', value: 'orders', isRegex: false, isEqual: true },
    { name: 'function', value: 'orders.serializeOrder', isRegex: false, isEqual: true },
    { name: 'kind', value: 'grew', isRegex: false, isEqual: true },
  ]);
  expect(made).toMatchObject({ startsAt: '1970-01-01T00:00:00.000Z', endsAt: '1970-01-01T01:00:00.000Z' });
  expect(silence).toMatchObject({ id: 's1', endsAt: 3_600_000, comment: 'known, fixed in v1.4.4', state: 'active' });
  expect(mutes(silence, labels)).toBe(true);
  expect(mutedBy(silence)).toEqual(labels);
});

it('leaves out what is over or not whole', () => {
  expect(
    readSilences([
      listed({ status: { state: 'expired' } }),
      listed({ endsAt: 'never' }),
      listed({ matchers: [] }),
      listed({ matchers: [{ name: 'kind', value: 'grew' }, { name: 'x' }] }),
      null,
      7,
      {},
    ])
  ).toEqual([]);
  expect(readSilences({ message: 'no' })).toEqual([]);
});

const of = (...matchers: Array<Partial<SilenceMatcher>>): Silence => ({
  ...silence,
  matchers: matchers.map((part) => ({ name: 'function', value: '', isRegex: false, isEqual: true, ...part })),
});

it.each([
  ['another function', of({ value: 'orders.other' }), false],
  ['the whole service', of({ name: 'service_name', value: 'orders' }), true],
  ['a pattern of names', of({ value: 'orders\\..*', isRegex: true }), true],
  ['a pattern that fits a part', of({ value: 'serialize', isRegex: true }), false],
  ['what is not another function', of({ value: 'orders.other', isEqual: false }), true],
  ['what is not this function', of({ value: '.*Order', isRegex: true, isEqual: false }), false],
  ['one rule only', of({ value: 'orders.serializeOrder' }, { name: 'alertname', value: 'x' }), false],
  ['a pattern that cannot be read', of({ value: '(', isRegex: true }), false],
  ['a pattern that would not end', of({ value: '(a+)+b', isRegex: true, isEqual: false }), false],
])('%s', (_, other, expected) => {
  expect(mutes(other, labels)).toBe(expected);
});

it('knows which silences are of one finding', () => {
  expect(mutedBy(of({ value: 'a' }))).toBeUndefined();
  expect(mutedBy({ ...silence, matchers: silence.matchers.map((one) => ({ ...one, isRegex: true })) })).toBeUndefined();
});

import { dateTime } from '@grafana/data';

import { roundOutward, spanOf } from './span';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('roundOutward', () => {
  it.each([
    ['a millisecond', { start: 90_001, end: 90_002 }, { start: MINUTE, end: 2 * MINUTE }],
    ['an hour', { start: HOUR + 1, end: 2 * HOUR + 1 }, { start: HOUR, end: 2 * HOUR + MINUTE }],
    ['a week', { start: 1, end: 168 * HOUR }, { start: 0, end: 168 * HOUR }],
    ['an inverted range', { start: 2 * HOUR, end: HOUR }, { start: 2 * HOUR, end: HOUR }],
  ])('%s', (_, span, rounded) => {
    expect(roundOutward(span)).toEqual(rounded);
  });
});

describe('spanOf', () => {
  it('reads a range', () => {
    const range = { from: dateTime(1000), to: dateTime(2000), raw: { from: '', to: '' } };
    expect(spanOf(range)).toEqual({ start: 1000, end: 2000 });
  });

  it('takes the last hour when there is none', () => {
    expect(spanOf(undefined, 5 * HOUR)).toEqual({ start: 4 * HOUR, end: 5 * HOUR });
  });
});

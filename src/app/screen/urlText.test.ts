import { partParam } from '../../links/appUrl';

import { spanFromUrl, textFromUrl } from './urlText';

it.each([
  ['a', 'a'],
  [['a', 'b'], 'a'],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
  [[], undefined],
])('%j is %j', (value, text) => {
  expect(textFromUrl(value)).toBe(text);
});

it('carries a span through a URL', () => {
  const span = { start: 1_700_000_000_000, end: 1_700_000_060_000 };
  expect(spanFromUrl(partParam(span))).toEqual(span);
});

it.each(['', '5', '5-', '-5', '9-5', '5-5', 'a-b', '1e3-2e3', '1-2-3', '1.5-2', '1-99999999999999999999'])(
  '%j is no span',
  (text) => {
    expect(spanFromUrl(text)).toBeUndefined();
  }
);

import { readUrlState, writeUrlState } from './urlState';

describe('the state in the URL', () => {
  it('comes back as it was', () => {
    const state = {
      layout: 'flame' as const,
      sandwich: 'Vec<T>::push',
      focus: ['total', 'main.main'],
      pivot: 'main.work',
      window: { left: 0.25, right: 0.5 },
      search: { text: 'a b&c', regex: true, caseSensitive: false },
    };
    expect(readUrlState(writeUrlState(state)!)).toEqual(state);
  });

  it('is left out when nothing was changed, or when it would be too long', () => {
    expect(writeUrlState({})).toBeUndefined();
    expect(writeUrlState({ focus: Array.from({ length: 5000 }, () => 'main.recurse') })).toBeUndefined();
  });

  it.each([null, '', 'no json', 'null', '[]', '7', '"text"', `{"focus":"${'x'.repeat(5000)}"}`])(
    'is nothing when it reads %.20p',
    (text) => expect(readUrlState(text)).toEqual({})
  );

  it('drops what is not as it must be, and keeps the rest', () => {
    const text = JSON.stringify({
      layout: 'pie',
      inverted: 'yes',
      focus: [1],
      window: { left: 0.9, right: 0.1 },
      search: { text: 'x', regex: 'y' },
      filters: 'anything',
    });
    expect(readUrlState(text)).toEqual({ search: { text: 'x', regex: false, caseSensitive: false } });
  });
});

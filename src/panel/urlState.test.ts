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
      filters: [
        { kind: 'hide' as const, text: '^a$', regex: true, caseSensitive: true },
        { kind: 'recursion' as const, recursion: 'any' as const },
        { kind: 'packages' as const },
        { kind: 'small' as const, share: 0.001 },
      ],
      diff: { measure: 'absolute' as const, normalised: false },
      table: { sort: { column: 'change' as const, descending: false }, change: 'new' as const, widths: {} },
    };
    expect(readUrlState(writeUrlState(state)!)).toEqual(state);
  });

  it('leaves the widths of columns to the reader', () => {
    const sort = { column: 'self' as const, descending: true };
    const written = writeUrlState({ table: { sort, change: 'all', widths: { self: 300 } } });
    expect(readUrlState(written!).table).toEqual({ sort, change: 'all', widths: {} });
  });

  it('is left out when nothing was changed, or when it would be too long', () => {
    expect(writeUrlState({})).toBeUndefined();
    expect(writeUrlState({ focus: Array.from({ length: 5000 }, () => 'main.recurse') })).toBeUndefined();
  });

  it.each([null, '', 'no json', 'null', '[]', '7', '{"filters":{}}', '"text"', `{"focus":"${'x'.repeat(5000)}"}`])(
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
      filters: [
        { kind: 'hide' },
        { kind: 'delete', text: 'x' },
        { kind: 'small', share: -1 },
        null,
        { kind: 'focus', text: 'y' },
      ],
      diff: { measure: 'worse', normalised: true },
      table: { sort: { column: 'price' }, change: 'new' },
    });
    expect(readUrlState(text)).toEqual({
      filters: [{ kind: 'focus', text: 'y', regex: false, caseSensitive: false }],
      search: { text: 'x', regex: false, caseSensitive: false },
    });
  });
});

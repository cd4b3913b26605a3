import { alternativesOf, anyOf } from './regexText';

describe('values of a regular expression', () => {
  it.each([
    ['a|b', ['a', 'b']],
    ['', []],
    ['v1\\.4\\.2|a\\|b', ['v1.4.2', 'a|b']],
  ])('%s', (regex, values) => {
    expect(alternativesOf(regex)).toEqual(values);
    expect(anyOf(values)).toBe(regex);
  });

  it.each(['a.*', 'a|', 'a\\d', '(a|b)', 'a\\'])('%s lists none', (regex) => {
    expect(alternativesOf(regex)).toBeUndefined();
  });

  it('survives any characters', () => {
    const values = ['$^.*+?()[]{}|\\', 'ü 漢', '-'];
    expect(alternativesOf(anyOf(values))).toEqual(values);
    expect(new RegExp(`^(?:${anyOf(values)})$`).test(values[0])).toBe(true);
  });
});

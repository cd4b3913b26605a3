import { growthOf, isAffordable } from './regexCost';

describe('growthOf', () => {
  it.each([
    ['order', 1],
    ['(Server|Conn)Order', 1],
    ['a.b?c', 1],
    ['a{2,5}', 1],
    ['[*+]\\*\\+', 1],
    ['foo.*bar', 2],
    ['(Server|Conn).*Order', 2],
    ['a*b+[c-d]*', 4],
    ['a{2,}', 2],
    ['a{50}', 2],
    ['(ab)*', 2],
    ['(a+)+$', Infinity],
    ['(a*)*', Infinity],
    ['((a+)b)*', Infinity],
    ['(a|a)*b', Infinity],
    ['(?:x+x+)+y', Infinity],
    ['(a+){20}', Infinity],
    ['(.)\\1', Infinity],
    ['(?=a+)b', Infinity],
    ['(?<!a)b', Infinity],
    ['(?<name>a)b', 1],
  ])('of %s is %d', (pattern, degree) => {
    expect(growthOf(pattern)).toBe(degree);
  });
});

describe('isAffordable', () => {
  const usual = Array.from({ length: 20_000 }, (_, at) => `example.com/shop/package${at}.(*Type).Method`);
  const long = Array.from({ length: 20_000 }, () => 'a'.repeat(10_000));

  it('allows what people search for among the names of a large profile', () => {
    expect(isAffordable('(Server|Conn).*Order', usual)).toBe(true);
    expect(isAffordable('^runtime\\.', long)).toBe(true);
  });

  it('refuses what could take minutes', () => {
    expect(isAffordable('(a+)+$', usual)).toBe(false);
    expect(isAffordable('a.*b', long)).toBe(false);
    expect(isAffordable('a*a*a*a*a*b', usual)).toBe(false);
  });
});

import { readSourceRules, sourceUrl } from './sourceUrl';

const PATTERN = 'https://code.example.com/{version}/{file}#L{line}';

describe('readSourceRules', () => {
  it('reads one rule a line', () => {
    const text = `\n# shop\nexample.com/shop v1.4.2 ${PATTERN}\n  runtime   *  https://go.dev/src/{file}#L{line} \n`;
    expect(readSourceRules(text)).toEqual({
      rules: [
        { package: 'example.com/shop', version: 'v1.4.2', pattern: PATTERN },
        { package: 'runtime', version: '*', pattern: 'https://go.dev/src/{file}#L{line}' },
      ],
      mistakes: [],
    });
  });

  it('says which line is no rule', () => {
    const { rules, mistakes } = readSourceRules('a b\na * javascript:alert(1)\na b c d');
    expect(rules).toEqual([]);
    expect(mistakes[0]).toContain('Line 1 has 2 words');
    expect(mistakes[1]).toContain('Line 2: the address must begin with https://');
    expect(mistakes[2]).toContain('Line 3 has 4 words');
  });
});

describe('sourceUrl', () => {
  const { rules } = readSourceRules(
    [
      `example.com/shop * ${PATTERN}`,
      'example.com/shop/orders v2 https://orders.example.com/{version}/{file}#{line}',
      'org.acme.cart v3 https://cart.example.com/{version}/{file}:{line}',
    ].join('\n')
  );

  it.each([
    [
      'example.com/shop/cart.Add',
      'example.com/shop@v1.4.2/cart/add.go',
      'https://code.example.com/v1.4.2/cart/add.go#L7',
    ],
    ['example.com/shop/cart.Add', '/home/ci/shop/cart/add.go', 'https://code.example.com//cart/add.go#L7'],
    ['example.com/shop.main', 'C:\\build\\main.go', 'https://code.example.com//build/main.go#L7'],
    ['example.com/shop/orders.(*Orders).Add', '/src/orders/add.go', 'https://orders.example.com/v2/add.go#7'],
    ['org.acme.cart.Cart.add', 'Cart.java', 'https://cart.example.com/v3/Cart.java:7'],
    ['example.com/shop/cart.Add', 'example.com/shop@v1/a b/<x>.go', 'https://code.example.com/v1/a%20b/%3Cx%3E.go#L7'],
  ])('of %s in %s', (name, file, expected) => {
    expect(sourceUrl(rules, { name, file, line: 7 })).toBe(expected);
  });

  it('passes by rules for another version', () => {
    const file = 'example.com/shop/orders@v3/add.go';
    expect(sourceUrl(rules, { name: 'example.com/shop/orders.Add', file, line: 7 })).toMatch(/^https:\/\/code\./);
  });

  it('is none for another package, also one that begins alike', () => {
    expect(sourceUrl(rules, { name: 'example.com/shopping.Add', file: 'a.go' })).toBeUndefined();
    expect(sourceUrl([], { name: 'main.main', file: 'a.go' })).toBeUndefined();
  });
});

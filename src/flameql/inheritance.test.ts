import fc from 'fast-check';

import type { DraftMatcher } from './draft';
import { inherit, withoutInherited } from './inheritance';

const matcher: fc.Arbitrary<DraftMatcher> = fc.record({
  label: fc.constantFrom('a', 'b', 'c'),
  op: fc.constantFrom('=' as const, '!=' as const, '=~' as const),
  value: fc.constantFrom('1', '2'),
});
const matchers = fc.uniqueArray(matcher, { maxLength: 4, selector: (one) => JSON.stringify(one) });

const sorted = (list: readonly DraftMatcher[] = []) =>
  list
    .filter((one) => !('op' in one && one.op === '=~' && one.value === '.*'))
    .map((one) => JSON.stringify(one))
    .sort();

it('leaves out what is inherited, and nothing else', () => {
  fc.assert(
    fc.property(matchers, matchers, (left, full) => {
      const right = withoutInherited({ type: 'x', matchers: full }, { type: 'x', matchers: left });
      expect(right).not.toHaveProperty('type');
      expect(sorted(right && inherit({ matchers: left }, right).matchers)).toEqual(sorted(full));
    })
  );
});

it('cannot drop what a variable stands for', () => {
  const more = { variable: '$more' };
  expect(withoutInherited({ matchers: [] }, { matchers: [more] })).toBeUndefined();
  expect(withoutInherited({ matchers: [more] }, { matchers: [more] })).toEqual({});
  expect(withoutInherited({ matchers: [more] }, {})).toEqual({ matchers: [more] });
});

it('keeps its own type and time', () => {
  const time = { offset: '1h' };
  expect(withoutInherited({ type: 'y', time }, { type: 'x' })).toEqual({ type: 'y', time });
});

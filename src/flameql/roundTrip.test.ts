import fc from 'fast-check';

import type { Draft, DraftMatcher, DraftOperand, DraftTime } from './draft';
import { format, formatDraft } from './format';
import { parse, parseDraft } from './parse';
import type { Matcher, Operand, Query, Time } from './query';
import { formatDuration } from './syntax/duration';
import { NORMALISATIONS } from './syntax/words';

const text = fc.string({ unit: 'binary', maxLength: 8 });
const word = fc.stringMatching(/^[A-Za-z0-9_./+-]{1,6}$/);
const label = fc.oneof(
  fc.constantFrom('pod', 'service_name', 'by', 'vs', 'k8s.pod'),
  word,
  text.filter((t) => t !== '')
);
const part = fc.oneof(
  fc.constantFrom('cpu', 'offset', 'limit'),
  word,
  text.filter((t) => t !== '' && !t.includes(':'))
);
const type = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(':'));
const op = fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const);
const matcher: fc.Arbitrary<Matcher> = fc.record({
  // A type in the braces becomes the operand's own.
  label: label.filter((name) => name !== '__profile_type__'),
  op,
  value: text,
});
const matchers = fc.uniqueArray(matcher, { minLength: 1, maxLength: 4, selector: (one) => JSON.stringify(one) });
const YEARS_10 = 10 * 365 * 86_400_000;
const duration = fc.integer({ min: 1, max: YEARS_10 });
const epoch = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
const time: fc.Arbitrary<Time> = fc.oneof(
  duration.map((offsetMs) => ({ offsetMs })),
  fc
    .tuple(epoch, epoch)
    .filter(([a, b]) => a < b)
    .map(([from, to]) => ({ from: { ms: from }, to: { ms: to } })),
  fc
    .tuple(duration, fc.nat(YEARS_10 - 1))
    .filter(([from, to]) => from > to)
    .map(([from, to]) => ({ from: { now: true as const, ms: from }, to: { now: true as const, ms: to } }))
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const list = (item: fc.Arbitrary<string>) => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });
const pattern = text.filter((t) => t !== '');

const left: fc.Arbitrary<Operand> = fc.record({
  type: optional(type),
  matchers: optional(matchers),
  time: optional(time),
});
/** The right operand has a part at least. */
const right = left.filter(({ type: own, matchers: some, time: when }) => Boolean(own ?? some ?? when));

const query: fc.Arbitrary<Query> = fc
  .record({
    left,
    right: optional(right),
    by: optional(list(label)),
    function: optional(pattern),
    focus: optional(pattern),
    hide: optional(pattern),
    span: optional(list(hex(16))),
    profile: optional(list(fc.uuid())),
    nodes: optional(fc.integer({ min: 1, max: 1 << 20 })),
    limit: optional(fc.integer({ min: 1, max: 10_000 })),
    normalise: optional(fc.constantFrom(...NORMALISATIONS)),
  })
  .map(dropUndefined);

function dropUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

it('reads back what it writes', () => {
  fc.assert(
    fc.property(query, (written) => {
      const parsed = parse(format(written));
      expect(parsed).toEqual({ ok: true, query: written });
    }),
    { numRuns: 500 }
  );
});

const variable = fc.constantFrom('$a', '${b}', '${c:regex}', '[[d]]');
const draftMatcher: fc.Arbitrary<DraftMatcher> = fc.oneof(
  matcher,
  variable.map((name) => ({ variable: name }))
);
const draftTime: fc.Arbitrary<DraftTime> = fc.oneof(
  fc.oneof(duration.map(formatDuration), variable).map((offset) => ({ offset })),
  variable.map((name) => ({ from: name, to: 'now' }))
);
const draftOperand: fc.Arbitrary<DraftOperand> = fc.record({
  type: optional(fc.oneof(type, variable)),
  matchers: optional(
    fc.uniqueArray(draftMatcher, { minLength: 1, maxLength: 4, selector: (one) => JSON.stringify(one) })
  ),
  time: optional(draftTime),
});
const draft: fc.Arbitrary<Draft> = fc
  .record({
    left: draftOperand,
    right: optional(draftOperand.filter((one) => Boolean(one.type ?? one.matchers ?? one.time))),
    by: optional(list(fc.oneof(label, variable))),
    function: optional(fc.oneof(pattern, variable)),
    trace: optional(list(fc.oneof(hex(32), variable))),
    nodes: optional(fc.oneof(fc.constant('5'), variable)),
    normalise: optional(fc.oneof(fc.constantFrom<string>(...NORMALISATIONS), variable)),
    variables: optional(list(variable)),
  })
  .map(dropUndefined);

it('reads back what it writes with dashboard variables', () => {
  fc.assert(
    fc.property(draft, (written) => {
      expect(parseDraft(formatDraft(written))).toEqual({ ok: true, query: written });
    }),
    { numRuns: 500 }
  );
});

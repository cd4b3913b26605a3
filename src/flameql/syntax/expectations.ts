import { DURATION_PHRASE } from './duration';
import { firstErrorAt, parseTree } from './tree';

/** One kind of thing that may stand at a place of the query. */
export type Expectation =
  | 'type'
  | 'label'
  | 'operator'
  | 'value'
  | 'pattern'
  | 'id'
  | 'duration'
  | 'instant'
  | 'count'
  | 'normalisation'
  | '('
  | '['
  | '{'
  | ','
  | ')'
  | ']'
  | '}'
  | 'time'
  | 'vs'
  | 'clause'
  | 'end';

/** The wording, in the order in which errors name them; pkg/flameql/expectation.go has the same. */
const PHRASES: Record<Expectation, string> = {
  type: 'a profile type',
  label: 'a label name',
  operator: 'an operator (=, !=, =~ or !~)',
  value: 'a value in quotes',
  pattern: 'a pattern in quotes',
  id: 'an id in quotes',
  duration: DURATION_PHRASE,
  instant: 'an instant (such as 2026-01-31T12:00:00Z, a Unix time in seconds or now-30m)',
  count: 'a whole number',
  normalisation: 'share, instance, rate or none',
  '(': '"("',
  '[': '"["',
  '{': '"{"',
  ',': '","',
  ')': '")"',
  ']': '"]"',
  '}': '"}"',
  time: 'a time ("offset" or "@")',
  vs: '"vs"',
  clause: 'a clause such as "by"',
  end: 'the end of the query',
};

export function phrase(expectation: Expectation): string {
  return PHRASES[expectation];
}

export function phrases(expectations: ReadonlySet<Expectation>): string[] {
  return Object.entries(PHRASES).flatMap(([expectation, worded]) =>
    expectations.has(expectation as Expectation) ? [worded] : []
  );
}

/** What a word or a string means, by the node around it. */
const MEANINGS: Record<string, Expectation> = {
  Type: 'type',
  LabelName: 'label',
  Value: 'value',
  Pattern: 'pattern',
  Id: 'id',
  Duration: 'duration',
  Instant: 'instant',
  Count: 'count',
  Mode: 'normalisation',
};

/** One token of each kind, with its meaning where it is no word or string: keywords are words in most places. */
const SAMPLES: ReadonlyArray<readonly [text: string, meaning?: Expectation]> = [
  ['x'],
  ['""'],
  ['=', 'operator'],
  ['(', '('],
  ['[', '['],
  ['{', '{'],
  [',', ','],
  [')', ')'],
  [']', ']'],
  ['}', '}'],
  ['@', 'time'],
  ['vs', 'vs'],
  ['by', 'clause'],
];

/**
 * What may follow a text that is right so far. The grammar itself answers: a sample of every kind of token is put behind
 * the text, and those that parse are expected.
 */
export function expectationsAfter(text: string): Set<Expectation> {
  const expected = new Set<Expectation>();
  const from = text.length + 1;
  for (const [sample, meaning] of SAMPLES) {
    const extended = `${text} ${sample}`;
    const errorAt = firstErrorAt(extended);
    if (errorAt === undefined || errorAt > from) {
      expected.add(meaningAt(extended, from, meaning));
    }
  }
  if (firstErrorAt(text) === undefined) {
    expected.add('end');
  }
  return expected;
}

/** What the sample at a position means: the grammar gives every place of a word or a string a node of its own. */
function meaningAt(text: string, position: number, otherwise: Expectation | undefined): Expectation {
  const place = parseTree(text).resolveInner(position, 1).parent?.name ?? '';
  const meaning = MEANINGS[place] ?? otherwise;
  if (!meaning) {
    throw new Error(`flameql.grammar: a word or string without a meaning in ${place}`);
  }
  return meaning;
}

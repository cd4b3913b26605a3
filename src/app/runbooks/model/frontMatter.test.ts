import { baselineOffset, readFrontMatter } from './frontMatter';

const above = (...lines: string[]) => ['---', ...lines, '---', '# Text'].join('\n');
const WHOLE = ['title: Memory leak', 'summary: Memory in use only grows.'];

it('reads what stands above a runbook', () => {
  const text = above(
    ...WHOLE,
    'group: application',
    'type: heap',
    'service: a & b',
    'baseline: 7d',
    'tags: [memory, 137]'
  );
  expect(readFrontMatter(text)).toEqual({
    frontMatter: {
      title: 'Memory leak',
      summary: 'Memory in use only grows.',
      group: 'application',
      type: 'heap',
      service: 'a & b',
      baseline: '7d',
      tags: ['memory', '137'],
    },
    body: '# Text',
    bodyLine: 10,
    faults: [],
  });
});

it('reads lines that end as on Windows', () => {
  const { faults, body } = readFrontMatter(above(...WHOLE).replaceAll('\n', '\r\n'));
  expect({ faults, body }).toEqual({ faults: [], body: '# Text' });
});

it.each([
  ['no front matter', '# Text', 1, 'three dashes'],
  ['nothing', '', 1, 'three dashes'],
  ['no end', '---\ntitle: x\n# Text', 1, 'does not end'],
  ['no YAML', above('title: "x', 'summary: y'), 3, 'no YAML'],
  ['a key twice', above(...WHOLE, 'title: again'), 4, 'no YAML'],
  ['a list', above('- title'), 2, 'keys and values'],
  ['no title', above('summary: x'), 2, '“title” must be a text'],
  ['an empty title', above('title: ""', 'summary: x'), 2, '“title” must be a text'],
  ['a title that is a map', above('summary: x', 'title: {a: b}'), 3, '“title” must be a text'],
  ['a long title', above('summary: x', `title: ${'x'.repeat(121)}`), 3, '1 to 120 letters'],
  ['a misspelt key', above(...WHOLE, 'tag: [x]'), 4, 'Did you mean “tags”?'],
  ['an unknown key', above(...WHOLE, 'owner-of-this: me'), 4, 'The keys are title, summary'],
  ['an unknown group', above(...WHOLE, 'group: mine'), 4, 'application, control-plane'],
  ['tags that are no list', above(...WHOLE, 'tags: cpu'), 4, 'must be a list'],
  ['a baseline of words', above(...WHOLE, 'baseline: yesterday'), 4, 'previous-version, or how long ago'],
])('says on which line is %s', (_, text, line, message) => {
  const { faults } = readFrontMatter(text);
  expect(faults).toContainEqual({ line, message: expect.stringContaining(message) });
});

it('does not grow with aliases', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 9; at++) {
    const before = String.fromCharCode(96 + at);
    const list = Array(9).fill(`*${before}`).join(', ');
    lines.push(`${String.fromCharCode(97 + at)}: &${String.fromCharCode(97 + at)} [${list}]`);
  }
  expect(readFrontMatter(above(...WHOLE, ...lines)).faults).toHaveLength(9);
});

it.each([
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  ['90m', 5_400_000],
  ['0h', undefined],
  ['1', undefined],
  ['1y', undefined],
])('%s back', (text, offset) => {
  expect(baselineOffset(text)).toBe(offset);
});

import { DEEPEST, type MarkdownNode, readMarkdown } from './markdown';
import { LONGEST_RUNBOOK, MOST_BLOCKS, readRunbook, type RunbookPart } from './runbook';

const ABOVE = '---\ntitle: A\nsummary: B\n---\n';
const read = (body: string) => readRunbook('slug', ABOVE + body);
const block = (kind: string, ...options: string[]) => ['```flamewatch ' + kind, ...options, '```', ''].join('\n');
const kinds = (parts: RunbookPart[]) => parts.map(({ kind }) => kind);

const deepest = ({ children }: MarkdownNode): number => 1 + Math.max(0, ...children.map(deepest));

it('tells text from live blocks', () => {
  const { parts, faults, title } = read(
    ['# One', 'text', '', block('series', 'type: cpu', 'by: [pod]'), 'more', '```bash', 'ls', '```'].join('\n')
  );
  expect({ title, faults }).toEqual({ title: 'A', faults: [] });
  expect(kinds(parts)).toEqual(['text', 'live', 'text']);
  expect(parts[1]).toEqual({ kind: 'live', block: { kind: 'series', type: 'cpu', by: ['pod'] }, line: 8 });
});

it.each([
  ['series', ['title: A', 'height: 300', 'type: heap', 'by: pod', 'function: true', 'share: true'], { by: ['pod'] }],
  ['flamegraph', ['of: baseline'], { of: 'baseline' }],
  ['diff', ['normalise: rate'], { normalise: 'rate' }],
  ['functions', ['limit: 5'], { limit: 5 }],
  ['findings', [], {}],
  ['traces', ["query: '{ duration > 1s }'", 'datasource: tempo'], { query: '{ duration > 1s }' }],
  ['logs', [], {}],
  ['captures', ['profiles: [heap, goroutine, jfr]'], { profiles: ['heap', 'goroutine', 'jfr'] }],
  ['health', [], {}],
  ['escalation', ['# nothing'], {}],
])('reads a block %s', (kind, options, expected) => {
  expect(read(block(kind, ...options)).parts).toEqual([
    { kind: 'live', block: expect.objectContaining({ kind, ...expected }), line: 5 },
  ]);
});

it.each([
  ['an unknown kind', block('sereis'), 5, 'Did you mean “series”?'],
  ['a kind like none', block('pie-chart'), 5, 'The kinds are series, flamegraph'],
  ['no kind', block(''), 5, 'Name the kind of block'],
  ['an unknown option', block('diff', 'height: 300', 'normalize: rate'), 7, 'Did you mean “normalise”?'],
  ['an option of another kind', block('diff', 'profiles: [heap]'), 6, 'has no option “profiles”'],
  ['a bad height', block('series', 'height: 100000'), 6, '“height” must be a whole number from 120 to 1200'],
  ['a bad word', block('diff', 'normalise: best'), 6, 'one of share, instance, rate, none'],
  ['a bad list', block('captures', 'profiles: [core]'), 6, 'a list of cpu, heap'],
  ['a map', block('series', 'type: {a: b}'), 6, '“type” must be a text'],
  ['no truth', block('series', 'function: maybe'), 6, 'true or false'],
  ['no options', block('series', '- a'), 6, 'options and values'],
  ['no YAML', block('series', 'title: "a'), 7, 'This is no YAML'],
])('keeps a block with %s in its place', (_, body, line, message) => {
  const { parts, faults } = read(`${body}\nThe rest.`);
  expect(faults).toContainEqual({ line, message: expect.stringContaining(message) });
  expect(kinds(parts)).toEqual(['broken', 'text']);
});

it('shows the text below a front matter that is wrong', () => {
  const { parts, faults } = readRunbook('slug', '---\ntitle: A\n---\n# Text');
  expect(faults).toHaveLength(1);
  expect(kinds(parts)).toEqual(['text']);
});

describe('hostile text', () => {
  it.each([
    ['brackets', '['.repeat(5000)],
    ['stars', '*a '.repeat(5000)],
    ['underscores', '_'.repeat(5000) + 'a'],
    ['ticks', '`a'.repeat(5000)],
    ['images', '!['.repeat(3000)],
    ['links', '[a]('.repeat(3000)],
    ['angle brackets', '<'.repeat(5000)],
    ['comments', '<!--'.repeat(3000)],
    ['tables', `|a|\n|-|\n${'|'.repeat(8000)}`],
    ['backslashes', '\\'.repeat(8000)],
    ['definitions', '[a]: b\n'.repeat(3000)],
    ['quotes', '>'.repeat(20_000)],
    ['spaced quotes', '> '.repeat(10_000)],
    ['items', '- '.repeat(10_000)],
    ['numbers', '1. '.repeat(8000)],
    ['indented items', Array.from({ length: 120 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
  ])('many %s are read', (_, body) => {
    expect(deepest(readMarkdown(body))).toBeLessThan(4 * DEEPEST);
    expect(read(body).faults).toEqual([]);
  });

  it('a huge text is refused', () => {
    const { parts, faults } = read('ä'.repeat(LONGEST_RUNBOOK / 2));
    expect(parts).toEqual([]);
    expect(faults).toEqual([{ line: 1, message: 'The runbook is longer than 32 KiB.' }]);
  });

  it('more blocks than a page may ask are named', () => {
    const { parts, faults } = read(block('series').repeat(MOST_BLOCKS + 2));
    expect(kinds(parts).filter((kind) => kind === 'live')).toHaveLength(MOST_BLOCKS);
    expect(faults).toHaveLength(2);
  });
});

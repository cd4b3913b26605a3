import { type MarkdownNode, plainText, readMarkdown } from './markdown';

/** A node as a short text: type, what it says, and what is below. */
function sketch({ type, text, href, children }: MarkdownNode): string {
  const below = children.map(sketch).join(' ');
  return `${type}${href && `→${href}`}${text && `:${text}`}${below && `(${below})`}`;
}

it.each([
  ['# A *b*', 'h1(text:A  em(text:b))'],
  ['a `b` **c**', 'p(text:a  code:b text:  strong(text:c))'],
  ['- a\n- b', 'ul(li(group(text:a)) li(group(text:b)))'],
  ['[a](/explore?x=1)', 'p(a→/explore?x=1(text:a))'],
  ['[a](runbook:memory-leak)', 'p(a→runbook:memory-leak(text:a))'],
  ['<https://a.example>', 'p(a→https://a.example(text:https://a.example))'],
  ['see https://a.example/x', 'p(text:see  a→https://a.example/x(text:https://a.example/x))'],
  ['README.md', 'p(text:README.md)'],
  ['```bash\nls\n```', 'fence:ls\n'],
])('%s', (text, expected) => {
  expect(readMarkdown(text).children.map(sketch).join(' ')).toBe(expected);
});

it('tells on which line a node stands', () => {
  const [, list, fence] = readMarkdown('# A\n\n- b\n- c\n\n```\nd\n```').children;
  expect(list?.children.map(({ line }) => line)).toEqual([2, 3]);
  expect(fence?.line).toBe(5);
});

describe('what is hostile', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="alert(1)">c</b>',
    '<iframe src="//evil.example"></iframe>',
    '<!-- a -->',
    '<a href="javascript:alert(1)">x</a>',
  ])('%s is text', (html) => {
    const root = readMarkdown(html);
    expect(plainText(root)).toContain(html);
    expect(JSON.stringify(root)).not.toContain('"html');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](vbscript:a)',
    '[x](data:text/html,<script>)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example/x)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '[x]\n\n[x]: javascript:alert(1)',
  ])('%s leads nowhere', (text) => {
    const hrefs: string[] = [];
    const visit = (node: MarkdownNode) => {
      hrefs.push(node.href);
      node.children.forEach(visit);
    };
    visit(readMarkdown(text));
    expect(hrefs.filter((href) => href !== '')).toEqual([]);
  });
});

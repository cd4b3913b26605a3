import MarkdownIt, { type Token } from 'markdown-it';

/** A piece of Markdown, without any HTML: what looks like a tag is text. */
export interface MarkdownNode {
  /** 'root', 'text', 'code', 'fence', 'image', …, or what a tag stands for: 'p', 'h2', 'ul', 'li', 'a', 'strong', … */
  type: string;
  /** Of texts, code and images (what is said in their place). */
  text: string;
  /** Info string of a fence, e.g. 'bash'. */
  info: string;
  /** Target of a link or an image; schemes that run code are left out by the parser, and again where links are drawn. */
  href: string;
  /** First number of an ordered list. */
  start: number;
  /** Line of the parsed text, from 0; that of its parent where the parser does not tell. */
  line: number;
  children: MarkdownNode[];
}

/** Levels of lists and quotes inside each other; what is deeper is left out by the parser. */
export const DEEPEST = 24;

/** CommonMark with tables and strikethrough. HTML is off: it comes out as text. */
const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });
parser.set({ maxNesting: DEEPEST * 2 });
// A bare file name such as README.md is no address.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
// Our own addresses lead to runbooks and screens; the rest is what anybody may write.
parser.validateLink = (href) => /^(?:https?:|mailto:|runbook:|app:|\/(?!\/)|#)/i.test(href.trim());

/** Reads Markdown. Takes time in proportion to the text's length, whatever stands in it. */
export function readMarkdown(text: string): MarkdownNode {
  const root = nodeOf('root', 0);
  fill(root, parser.parse(text, {}));
  return root;
}

function nodeOf(type: string, line: number): MarkdownNode {
  return { type, text: '', info: '', href: '', start: 1, line, children: [] };
}

/** Puts a flat list of tokens, in which opening and closing ones stand in pairs, below a node. */
function fill(root: MarkdownNode, tokens: readonly Token[]) {
  const open = [root];
  for (const token of tokens) {
    const parent = open[open.length - 1] ?? root;
    const line = token.map?.[0] ?? parent.line;
    if (token.type === 'inline') {
      fill(
        parent,
        (token.children ?? []).map((child) => child)
      );
    } else if (token.nesting < 0) {
      open.pop();
    } else {
      if (token.type === 'text' && token.content === '') {
        continue;
      }
      const node = { ...nodeOf(typeOf(token), line), text: token.content, info: token.info };
      node.href = String(token.attrGet('href') ?? token.attrGet('src') ?? '');
      node.start = Number(token.attrGet('start') ?? 1);
      parent.children.push(node);
      if (token.nesting > 0) {
        open.push(node);
      }
    }
  }
}

/** A paragraph inside a tight list item is none of its own. */
function typeOf({ type, tag, hidden }: Token): string {
  switch (type) {
    case 'text':
    case 'text_special':
      return 'text';
    case 'code_inline':
      return 'code';
    case 'fence':
    case 'code_block':
      return 'fence';
    case 'image':
    case 'softbreak':
      return type;
    default:
      return hidden ? 'group' : tag;
  }
}

/** The text of a node and of all below it. */
export function plainText({ text, children }: MarkdownNode): string {
  return text + children.map(plainText).join('');
}

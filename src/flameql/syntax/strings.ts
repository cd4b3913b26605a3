import { Fault } from './queryError';
import { describeToken, shorten, type Token } from './tokens';
import { hasInvisible, unicodeEscape } from './words';

/** Writes a string as the formatter shows it: in backticks when that saves escapes, else in double quotes. */
export function quote(text: string): string {
  if (/[\\"]/.test(text) && !text.includes('`') && !hasInvisible(text)) {
    return `\`${text}\``;
  }
  return doubleQuote(text);
}

const ESCAPES: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Writes a string with the escapes that both FlameQL and a Pyroscope server read. */
export function doubleQuote(text: string): string {
  const escaped = Array.from(text, (character) =>
    hasInvisible(character) || character === '"' || character === '\\'
      ? (ESCAPES[character] ?? unicodeEscape(character))
      : character
  );
  return `"${escaped.join('')}"`;
}

/** Reads the value of a string token; throws a Fault. */
export function unquote(token: Token): string {
  const mark = token.text.charAt(0);
  if (!isClosed(token.text)) {
    throw new Fault(token, [`a closing quote (${mark})`], describeToken(token));
  }
  const inner = token.text.slice(1, -1);
  return mark === '`' || !inner.includes('\\') ? inner : unescape(token, inner, mark);
}

/** The last quote closes, unless it is the first one or escaped: `"abc\"`. */
export function isClosed(quoted: string): boolean {
  const mark = quoted.charAt(0);
  if (quoted.length < 2 || !quoted.endsWith(mark)) {
    return false;
  }
  const backslashes = mark === '`' ? 0 : (/\\*$/.exec(quoted.slice(1, -1))?.[0].length ?? 0);
  return backslashes % 2 === 0;
}

const ESCAPE =
  /\\(?:([abfnrtv\\])|x([0-9A-Fa-f]{2})|([0-7]{3})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(["']))|\\(?:[^\n]|$)/gu;
const CONTROLS: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Resolves Go's escapes. Escapes of bytes can make up a character together, so text is gathered as URI components. */
function unescape(token: Token, inner: string, mark: string): string {
  let encoded = '';
  let end = 0;
  for (const match of inner.matchAll(ESCAPE)) {
    const [escape, control, hex, octal, short, long, quoteMark] = match;
    encoded += encodeURIComponent(inner.slice(end, match.index));
    end = match.index + escape.length;
    const byte = hex ? parseInt(hex, 16) : octal ? parseInt(octal, 8) : undefined;
    const code = short || long ? parseInt(short ?? long ?? '', 16) : undefined;
    if (control) {
      encoded += encodeURIComponent(CONTROLS[control] ?? '');
    } else if (quoteMark === mark) {
      encoded += encodeURIComponent(mark);
    } else if (byte !== undefined && byte <= 0xff) {
      encoded += `%${byte.toString(16).padStart(2, '0')}`;
    } else if (code !== undefined && isScalar(code)) {
      encoded += encodeURIComponent(String.fromCodePoint(code));
    } else {
      throw badEscape(token, match.index + 1);
    }
  }
  encoded += encodeURIComponent(inner.slice(end));
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new Fault(token, ['escapes that make up UTF-8 text'], describeToken(token));
  }
}

function isScalar(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

/** Marks the backslash and the character behind it. */
function badEscape(token: Token, at: number): Fault {
  const escape = `\\${String.fromCodePoint(token.text.codePointAt(at + 1) ?? 0)}`;
  const from = token.from + at;
  return new Fault(
    { from, to: from + escape.length },
    ['an escape such as \\\\, \\", \\n, \\t, \\x41 or \\u00e9'],
    `"${shorten(escape)}"`,
    'Write a backslash twice, or put the text in backticks.'
  );
}

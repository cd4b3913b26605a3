import { hasInvisible, unicodeEscape, WORD_TOKEN, hasVariable } from './words';

export type TokenKind = 'end' | 'word' | 'variable' | 'string' | 'operator' | 'punctuation' | 'unknown';

export interface Token {
  kind: TokenKind;
  /** As written; empty at the end. */
  text: string;
  from: number;
  to: number;
}

const SPACE = /[ \t\r\n\u00a0\ufeff]*/y;
const STRING = /"(?:[^\\\n"]|\\[^\n])*(?:"|\\)?|'(?:[^\\\n']|\\[^\n])*(?:'|\\)?|`[^`]*`?/y;
const OPERATOR = /=~|!~|!=|=/y;
const PUNCTUATION = /[{}()[\],@]/y;

/** The token at or behind a position, for error messages. The tree of flameql.grammar has no wrong tokens. */
export function tokenAt(text: string, position: number): Token {
  const from = skipSpace(text, position);
  if (from >= text.length) {
    return { kind: 'end', text: '', from, to: from };
  }
  const word = matchAt(WORD_TOKEN, text, from);
  const [kind, taken] = word
    ? ([hasVariable(word) ? 'variable' : 'word', word] as const)
    : (otherToken(text, from) ?? (['unknown', String.fromCodePoint(text.codePointAt(from) ?? 0)] as const));
  return { kind, text: taken, from, to: from + taken.length };
}

function otherToken(text: string, from: number): [TokenKind, string] | undefined {
  for (const [kind, pattern] of [
    ['string', STRING],
    ['operator', OPERATOR],
    ['punctuation', PUNCTUATION],
  ] as const) {
    const taken = matchAt(pattern, text, from);
    if (taken) {
      return [kind, taken];
    }
  }
  return undefined;
}

/** The first position at or behind this one that is no white space. */
export function skipSpace(text: string, position: number): number {
  return position + (matchAt(SPACE, text, position)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

/** What was found, in words. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the query';
    case 'string':
      return `the string ${shorten(token.text)}`;
    case 'unknown':
      if (hasInvisible(token.text)) {
        return `the character U+${token.text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
      }
  }
  return `"${shorten(token.text)}"`;
}

const LONGEST_FOUND = 40;

/** Cuts after 40 characters and shows what cannot be seen. */
export function shorten(text: string): string {
  // A character has at most two code units.
  const characters = Array.from(text.slice(0, 2 * LONGEST_FOUND + 2));
  const shown = characters
    .slice(0, LONGEST_FOUND)
    .map((character) => (hasInvisible(character) ? unicodeEscape(character) : character))
    .join('');
  return characters.length > LONGEST_FOUND ? `${shown}…` : shown;
}

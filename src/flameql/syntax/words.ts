export const CLAUSE_KEYWORDS = [
  'by',
  'function',
  'focus',
  'hide',
  'span',
  'trace',
  'profile',
  'nodes',
  'limit',
  'normalise',
] as const;

export type ClauseKeyword = (typeof CLAUSE_KEYWORDS)[number];

export const NORMALISATIONS = ['share', 'instance', 'rate', 'none'] as const;

export type Normalisation = (typeof NORMALISATIONS)[number];

/** `normalize` is read, but never written. */
const KEYWORDS: ReadonlySet<string> = new Set(['vs', 'offset', ...CLAUSE_KEYWORDS, 'normalize']);

export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word);
}

const CHARACTER = '[A-Za-z0-9_.:/+-]';
const VARIABLE = String.raw`\$[A-Za-z0-9_]+|\$\{[^{}\n]+\}|\[\[[A-Za-z0-9_]+(?::[A-Za-z0-9_]+)?\]\]`;

const WORD = new RegExp(`^${CHARACTER}+$`);
const WORD_OR_VARIABLE = new RegExp(`^(?:${CHARACTER}|${VARIABLE})+$`);

/** What flameql.grammar reads as one word, from where the search begins. */
export const WORD_TOKEN = new RegExp(`(?:${CHARACTER}|${VARIABLE})+`, 'y');

/** Whether the text can stand without quotes. */
export function isWord(text: string): boolean {
  return WORD.test(text);
}

/** Whether the text can stand without quotes where dashboard variables are allowed. */
export function isWordOrVariable(text: string): boolean {
  return WORD_OR_VARIABLE.test(text);
}

export function hasVariable(text: string): boolean {
  return new RegExp(VARIABLE).test(text);
}

/** The text cut at its variables: even entries are plain, odd ones variables. */
export function splitAtVariables(text: string): string[] {
  return text.split(new RegExp(`(${VARIABLE})`));
}

/** Characters that a reader cannot see or that change the direction of text. */
const INVISIBLE = /[\0-\x1f\x7f-\xa0\xad\u061c\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufffd]/;

export function hasInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

/** `\u200b` for a character of the basic plane. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Characters that mean something in RE2, the dialect of Pyroscope servers. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/** A regular expression that matches this text and nothing else. */
export function escapeRegex(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

/** A regular expression that matches any of the texts and nothing else. */
export function anyOf(texts: readonly string[]): string {
  return texts.map(escapeRegex).join('|');
}

/**
 * The texts that a regular expression lists, when it does nothing but list texts: a|b\.c gives a and b.c. Undefined for
 * any other expression; an empty one lists none.
 */
export function alternativesOf(regex: string): string[] | undefined {
  if (regex === '') {
    return [];
  }
  const texts = [''];
  for (let i = 0; i < regex.length; i++) {
    const character = regex.charAt(i);
    if (character === '|') {
      texts.push('');
    } else if (character === '\\') {
      const escaped = regex.charAt(++i);
      if (!escaped.match(SPECIAL)) {
        return undefined;
      }
      texts[texts.length - 1] += escaped;
    } else if (character.match(SPECIAL)) {
      return undefined;
    } else {
      texts[texts.length - 1] += character;
    }
  }
  return texts.includes('') ? undefined : texts;
}

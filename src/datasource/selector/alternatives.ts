/** Characters that mean something in RE2, the dialect of Pyroscope servers. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/** A regular expression that matches any of the values and nothing else. */
export function anyOf(values: readonly string[]): string {
  return values.map((value) => value.replace(SPECIAL, '\\$&')).join('|');
}

/**
 * The values that a regular expression lists, when it does nothing but list values: a|b\.c gives a and b.c. Undefined
 * for any other expression; an empty one lists none.
 */
export function valuesOf(regex: string): string[] | undefined {
  if (regex === '') {
    return [];
  }
  const values = [''];
  for (let i = 0; i < regex.length; i++) {
    const character = regex.charAt(i);
    if (character === '|') {
      values.push('');
    } else if (character === '\\') {
      const escaped = regex.charAt(++i);
      if (!escaped.match(SPECIAL)) {
        return undefined;
      }
      values[values.length - 1] += escaped;
    } else if (character.match(SPECIAL)) {
      return undefined;
    } else {
      values[values.length - 1] += character;
    }
  }
  return values.includes('') ? undefined : values;
}

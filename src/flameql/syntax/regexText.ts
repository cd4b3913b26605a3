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

/** Escapes a name so that a regular expression, JavaScript's or RE2's, matches it literally. */
export function escapePattern(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

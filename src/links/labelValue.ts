/**
 * What a label or attribute must be equal to in a selector, PromQL or TraceQL; undefined where that is not said. For links,
 * which need no more of a query than the name of its service.
 *
 * @param label as a regular expression
 */
export function labelValue(label: string, text: string): string | undefined {
  const [, quoted] = new RegExp(`(?<![\\w])${label}\\s*=\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(text) ?? [];
  if (quoted === undefined) {
    return undefined;
  }
  try {
    return String(JSON.parse(quoted)) || undefined;
  } catch {
    return undefined; // an escape that JSON does not know
  }
}

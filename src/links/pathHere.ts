/**
 * Whether an address is a path of this host. A browser takes a backslash for a slash, and leaves out line breaks and
 * tabs: `/\host` and `/<tab>/host` lead to another host as `//host` does.
 */
export function isPathHere(address: string): boolean {
  return /^\/(?![/\\])/.test(address) && !/[\t\n\r]/.test(address);
}

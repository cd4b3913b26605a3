import type { ImportedFile } from '../importedFile';

import { count, imported } from './originals';

/** Reads a file that a test wrote: text, or an object as JSON. */
export function read(content: string | object): ImportedFile {
  return imported(new Uint8Array(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))));
}

/** Self and total of each function over all parts, by the sample type of an index. */
export function counted(content: string | object, type = 0) {
  const { self, totals, total } = count(read(content).parts, () => type);
  return { self: Object.fromEntries(self), totals: Object.fromEntries(totals), total };
}

import type { Steps } from '../../engine';

import type { ImportedFile } from './importedFile';
import type { OpenedFile } from './openedFile';

/** One format: how it is told from the others by what is in a file, and how it is read. */
export interface Format {
  /** Looks at the beginning, or at the parsed JSON. Throws nothing. */
  readonly matches: (file: OpenedFile) => boolean;
  /** @throws UnreadableFile */
  readonly read: (file: OpenedFile) => Steps<ImportedFile>;
}

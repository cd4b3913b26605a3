import type { Tree } from '@lezer/common';

import { parser } from '../parser.generated';
import { skipSpace } from './tokens';

const strictParser = parser.configure({ strict: true });

/** Where the first token stands that the grammar does not allow, or the end of an unfinished text. */
export function firstErrorAt(text: string): number | undefined {
  const parse = strictParser.startParse(text);
  try {
    while (!parse.advance()) {
      // One step of the parser.
    }
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return skipSpace(text, parse.parsedPos);
    }
    throw error;
  }
}

/** The tree of any text; what the grammar does not allow is in error nodes. */
export function parseTree(text: string): Tree {
  return parser.parse(text);
}

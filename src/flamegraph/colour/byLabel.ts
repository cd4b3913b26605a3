import type { CallTree } from '../../engine/callTree';

import type { NodeColours } from './nodeColours';
import type { Rgba } from './rgba';

/**
 * Colours of nodes by their names, each made when it is first asked for: a profile can have hundreds of thousands of
 * names, and a picture shows a few thousand of them.
 */
export function colourByLabel({ label, labels }: CallTree, colourOf: (name: string) => Rgba): NodeColours {
  // No fill is 0: that is transparent black.
  const fills = new Uint32Array(labels.length);
  return {
    of(node) {
      const index = label[node];
      if (fills[index] === 0) {
        fills[index] = colourOf(labels[index]);
      }
      return fills[index];
    },
  };
}

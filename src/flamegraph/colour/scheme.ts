import type { CallTree } from '../../engine/callTree';

import { type ChangeMeasure, colourByChange } from './byChange';
import { colourByOrigin } from './byOrigin';
import { colourByPackage } from './byPackage';
import { colourByValue } from './byValue';
import type { NodeColours } from './nodeColours';

export const COLOUR_SCHEMES = ['package', 'value', 'origin', 'diff'] as const;

/** What the colour of a frame tells. 'diff' is for trees that compare two profiles. */
export type ColourScheme = (typeof COLOUR_SCHEMES)[number];

export function nodeColours(
  tree: CallTree,
  scheme: ColourScheme,
  measure: ChangeMeasure,
  isDark: boolean
): NodeColours {
  switch (scheme) {
    case 'package':
      return colourByPackage(tree, isDark);
    case 'value':
      return colourByValue(tree, isDark);
    case 'origin':
      return colourByOrigin(tree, isDark);
    case 'diff':
      return colourByChange(tree, measure, isDark);
  }
}

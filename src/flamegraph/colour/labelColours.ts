import type { CallTree } from '../../engine/callTree';
import { originOf } from '../names/origin';

import { originColour } from './byOrigin';
import { functionColour } from './byPackage';
import { toCss } from './rgba';
import type { ColourScheme } from './scheme';

/** CSS colour of a function in the table: that of its frames where these have one, else that of its package. */
export function labelColours(tree: CallTree, scheme: ColourScheme, isDark: boolean): (label: number) => string {
  return (label) => {
    const name = tree.labels[label];
    return toCss(scheme === 'origin' ? originColour(originOf(name), isDark) : functionColour(name, isDark));
  };
}

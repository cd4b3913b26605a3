import type { ColourScheme } from '../colour/scheme';
import { availableColumns } from '../table/columns';

import type { FlameGraphState } from './flameGraphState';

/** A state with everything that depends on the profile decided. */
export type ResolvedState = FlameGraphState & { readonly colours: ColourScheme };

/** Fills in what the state leaves to the profile, and replaces what this profile does not have. */
export function resolveState(state: FlameGraphState, isDiff: boolean): ResolvedState {
  const { column } = state.table.sort;
  const hasColumn = column === 'function' || availableColumns(isDiff).includes(column);
  const table = hasColumn
    ? state.table
    : { ...state.table, sort: { column: isDiff ? ('comparison' as const) : ('self' as const), descending: true } };
  return { ...state, colours: resolveColours(state.colours, isDiff), table };
}

function resolveColours(colours: FlameGraphState['colours'], isDiff: boolean): ColourScheme {
  if (colours === 'auto') {
    return isDiff ? 'diff' : 'package';
  }
  return colours === 'diff' && !isDiff ? 'package' : colours;
}

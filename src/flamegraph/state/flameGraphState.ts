import type { SearchQuery } from '../../engine/search';

export type Layout = 'flame' | 'table' | 'both';
export type Direction = 'icicle' | 'flame';
export type ColourScheme = 'package' | 'value' | 'diff';

/** Part of the profile's width, 0..1. */
export interface Shares {
  readonly left: number;
  readonly right: number;
}

/** Everything a user can set in a flame graph. Plain JSON, so that it can be kept in options and in a URL. */
export interface FlameGraphState {
  readonly layout: Layout;
  readonly direction: Direction;
  readonly colours: ColourScheme;
  /** Stack of the node that fills the width, the root's name first; empty for the whole profile. */
  readonly focus: readonly string[];
  /** The part of the width that is shown when the user zoomed freely; else the focused node's. */
  readonly window?: Shares;
  readonly search: SearchQuery;
  /** The function whose callers and callees are shown instead of the whole tree. */
  readonly sandwich?: string;
}

export const DEFAULT_STATE: FlameGraphState = {
  layout: 'both',
  direction: 'icicle',
  colours: 'package',
  focus: [],
  search: { text: '' },
};

export type ChangeState = (change: Partial<FlameGraphState>) => void;

import type { Recursion } from '../../engine/filter/recursion';
import type { SearchQuery } from '../../engine/search';
import type { ChangeMeasure } from '../colour/byChange';
import type { ColourScheme } from '../colour/scheme';

export const LAYOUTS = ['table', 'flame', 'both', 'calls', 'stacks', 'graph'] as const;
/** What fills the flame graph's place; the last three answer what pprof's `tree`, `traces` and `web` answer. */
export type Layout = (typeof LAYOUTS)[number];

/** The layout to show a place of the flame graph in: the one there is, when it has a flame graph. */
export function withGraph(layout: Layout): Layout {
  return layout === 'both' ? layout : 'flame';
}

export const DIRECTIONS = ['icicle', 'flame'] as const;
/** 'icicle': the root on top; 'flame': the root at the bottom. */
export type Direction = (typeof DIRECTIONS)[number];

export const AMOUNTS = ['share', 'value', 'none'] as const;
/** What is written behind the names of frames. */
export type Amount = (typeof AMOUNTS)[number];

export const TABLE_COLUMNS = ['self', 'total', 'baseline', 'comparison', 'change'] as const;
/** Columns of the table behind the function's name; the last three are a diff's. */
export type TableColumn = (typeof TABLE_COLUMNS)[number];

export const CHANGES = ['all', 'new', 'removed', 'grew', 'shrank'] as const;
/** Which functions of a diff the table shows. */
export type Change = (typeof CHANGES)[number];

/** Part of the profile's width, 0..1. */
export interface Shares {
  readonly left: number;
  readonly right: number;
}

/**
 * A change to the profile before it is shown. 'focus' keeps stacks with a matching frame, 'ignore' leaves them out, 'hide'
 * takes the matching frames themselves out of their stacks (the words are pprof's).
 */
export type Filter =
  | ({ readonly kind: 'focus' | 'ignore' | 'hide' } & Readonly<SearchQuery>)
  | { readonly kind: 'recursion'; readonly recursion: Recursion }
  /** Shows packages instead of functions. */
  | { readonly kind: 'packages' }
  /** Adds up frames with less than a share of the whole (0..1). */
  | { readonly kind: 'small'; readonly share: number };

export interface TableState {
  readonly sort: { readonly column: TableColumn | 'function'; readonly descending: boolean };
  readonly change: Change;
  /** Widths in pixels that the user has dragged columns to. */
  readonly widths: Partial<Record<TableColumn, number>>;
}

/** Everything a user can set in a flame graph. Plain JSON, so that it can be kept in options and in a URL. */
export interface FlameGraphState {
  readonly layout: Layout;
  readonly direction: Direction;
  /** 'auto': by change in a diff, else by package. */
  readonly colours: ColourScheme | 'auto';
  readonly amount: Amount;
  /** Callees on top: every function with its self value, below it its callers. */
  readonly inverted: boolean;
  /** The function whose callers and callees are shown instead of the whole tree. */
  readonly sandwich?: string;
  /** The function whose callers and callees the calls layout lists; without it the one with the largest self. */
  readonly pivot?: string;
  readonly filters: readonly Filter[];
  readonly search: SearchQuery;
  /** Stack of the node that fills the width, the root's name first; empty for the whole profile. */
  readonly focus: readonly string[];
  /** The part of the width that is shown when the user zoomed freely; else the focused node's. */
  readonly window?: Shares;
  readonly diff: {
    readonly measure: ChangeMeasure;
    /** Compares shares: the comparison is scaled to the baseline's total. */
    readonly normalised: boolean;
  };
  readonly table: TableState;
}

export const DEFAULT_STATE: FlameGraphState = {
  layout: 'both',
  direction: 'icicle',
  colours: 'auto',
  amount: 'share',
  inverted: false,
  filters: [],
  search: { text: '' },
  focus: [],
  diff: { measure: 'relative', normalised: true },
  table: { sort: { column: 'self', descending: true }, change: 'all', widths: {} },
};

export type ChangeState = (change: Partial<FlameGraphState>) => void;

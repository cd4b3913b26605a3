import { createContext, useContext } from 'react';

import type { IconName } from '@grafana/data';

import type { CallTree } from '../engine/callTree';
import type { Remainder } from '../engine/remainder';

import type { Scale } from './facts/nodeFacts';
import type { FunctionLines } from './lines/functionLines';
import type { ChangeState } from './state/flameGraphState';
import type { ResolvedState } from './state/resolve';
import type { Shape } from './state/shape';
import type { Search } from './state/useSearch';

/** A frame that the user acts on. */
export interface ChosenFrame {
  readonly name: string;
  /** Names from the root down to the frame; only the name itself when a row of the table is meant. */
  readonly stack: readonly string[];
  /** Value of the frame with its callees, in units of the profile. */
  readonly total: number;
}

/** Something the host offers for a frame, such as a data link or a query. */
export interface FrameAction {
  readonly label: string;
  readonly icon?: IconName;
  /** Where it leads; without it `onClick` is called. */
  readonly href?: string;
  readonly target?: '_blank' | '_self';
  readonly onClick?: () => void;
}

/** Where a function is written, for profiles that know. */
export interface SourcePlace {
  readonly file: string;
  readonly line?: number;
}

/** What the server left out of the profile, and how to get it. */
export interface Cut {
  /** Most frames that the server was asked for, when it is known. */
  readonly maxNodes?: number;
  /** Gets more detail below a stack; names from the root down. */
  readonly more?: { readonly label: string; open(stack: readonly string[]): void };
}

/** Fetches what the lines of a function cost; rejects with what went wrong. */
export type LinesOf = (name: string, signal: AbortSignal) => Promise<FunctionLines>;

/** Address where a line of a function can be read. */
export type SourceUrlOf = (place: { name: string; file: string; line: number }) => string | undefined;

/** What every part of the flame graph works with. */
export interface FlameGraphContextValue {
  readonly state: ResolvedState;
  readonly change: ChangeState;
  /** The profile as it was given, without filters. */
  readonly base: CallTree;
  readonly shape: Shape;
  readonly scale: Scale;
  readonly search: Search;
  readonly actions?: (frame: ChosenFrame) => readonly FrameAction[];
  readonly remainder: Remainder;
  readonly cut?: Cut;
  readonly placeOf?: (name: string) => SourcePlace | undefined;
  readonly linesOf?: LinesOf;
  readonly sourceUrlOf?: SourceUrlOf;
}

const Context = createContext<FlameGraphContextValue | undefined>(undefined);

export const FlameGraphProvider = Context.Provider;

export function useFlameGraph(): FlameGraphContextValue {
  const value = useContext(Context);
  if (!value) {
    throw new Error('Only parts of a FlameGraph can use its context.');
  }
  return value;
}

import type { CallTree } from '../../engine/callTree';
import { levelCount } from '../../engine/traverse';
import type { Emphasis, PaintStyle } from '../paint/drawList';
import type { Viewport } from '../paint/viewport';

/** Height of a row in CSS pixels. */
export const ROW_HEIGHT = 20;

/** What is drawn, apart from where. */
export interface Scene {
  readonly tree: CallTree;
  readonly style: PaintStyle & { readonly outline: string };
  readonly text: {
    font(devicePixelRatio: number): string;
    readonly colour: string;
    readonly mutedColour: string;
    /** Names on one picture at most; the widest bars keep theirs. */
    readonly maxNames: number;
  };
  readonly emphasis: Emphasis;
  readonly direction: Viewport['direction'];
  /** Written behind the name where there is room: the node's value or share. */
  readonly amount?: (node: number) => string;
}

/** Height of a tree's picture in CSS pixels; rows are whole device pixels high, whatever the page's zoom. */
export function pictureHeight(tree: CallTree, devicePixelRatio: number): number {
  return (levelCount(tree) * rowHeightAt(devicePixelRatio)) / devicePixelRatio;
}

/** Height of a row in device pixels. */
export function rowHeightAt(devicePixelRatio: number): number {
  return Math.max(1, Math.round(ROW_HEIGHT * devicePixelRatio));
}

import type { CallTree } from '../../engine/callTree';

import type { DrawList } from './drawList';
import type { NameFitter } from './nameFitter';

/** A text on a bar; x in device pixels, `row` as in the draw list. */
export interface BarText {
  readonly x: number;
  readonly row: number;
  readonly text: string;
  readonly muted: boolean;
}

/** Room between the edge of a bar and its text, in CSS pixels. */
const PADDING = 4;

export interface TextOptions {
  readonly devicePixelRatio: number;
  /** Text of a node's share of the root ('12.3 %'), or '' for none; written at the right end where there is room. */
  readonly share?: (node: number) => string;
  readonly measureShare: (text: string) => number;
}

/** The texts of a picture: each bar's name as far as it fits, and its share behind it. */
export function barTexts(tree: CallTree, list: DrawList, fitter: NameFitter, options: TextOptions): BarText[] {
  const padding = PADDING * options.devicePixelRatio;
  const texts: BarText[] = [];
  for (const bar of list.names) {
    const label = tree.label[bar.node];
    const room = bar.width - 2 * padding;
    const text = fitter.fit(label, room);
    if (text === '') {
      continue;
    }
    texts.push({ x: bar.x + padding, row: bar.row, text, muted: bar.muted });
    const left = room - fitter.widthOf(label) - 2 * padding;
    if (options.share && left > 0) {
      const share = options.share(bar.node);
      const width = options.measureShare(share);
      if (share !== '' && width <= left) {
        texts.push({ x: bar.x + padding + room - width, row: bar.row, text: share, muted: bar.muted });
      }
    }
  }
  return texts;
}

import type { CallTree } from '../../engine/callTree';

import type { DrawList, NamedBar } from './drawList';
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
  /** Bars with a name at most; the widest keep theirs. */
  readonly maxNames: number;
  /** What a node is worth, written at the bar's right end where the whole name leaves room. */
  readonly amount?: (node: number) => string;
}

/** The texts of a picture: each bar's name as far as it fits, and what it is worth behind it. */
export function barTexts(tree: CallTree, list: DrawList, fitter: NameFitter, options: TextOptions): BarText[] {
  const padding = PADDING * options.devicePixelRatio;
  const texts: BarText[] = [];
  for (const bar of widest(list.names, options.maxNames)) {
    const label = tree.label[bar.node];
    const room = bar.width - 2 * padding;
    const text = fitter.fit(label, room);
    if (text === '') {
      continue;
    }
    texts.push({ x: bar.x + padding, row: bar.row, text, muted: bar.muted });
    const rest = room - fitter.widthOf(label) - 2 * padding;
    if (options.amount && rest > 0) {
      const amount = options.amount(bar.node);
      const width = fitter.sumOf(amount);
      if (width <= rest) {
        texts.push({ x: bar.x + padding + room - width, row: bar.row, text: amount, muted: bar.muted });
      }
    }
  }
  return texts;
}

function widest(bars: readonly NamedBar[], count: number): readonly NamedBar[] {
  return bars.length <= count ? bars : [...bars].sort((a, b) => b.width - a.width).slice(0, count);
}

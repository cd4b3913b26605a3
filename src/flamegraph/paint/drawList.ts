import type { CallTree } from '../../engine/callTree';
import type { LabelMatches } from '../../engine/search';
import { levelCount } from '../../engine/traverse';
import type { NodeColours } from '../colour/nodeColours';
import { mix, type Rgba } from '../colour/rgba';

import { type CellVisitor, visitRow } from './cells';
import { projectionOf, rowTop, type Viewport, visibleLevels } from './viewport';

/** Bars narrower than this many CSS pixels carry no name. */
const NARROWEST_NAMED_BAR = 18;
/** Bars narrower than this many device pixels stand without a gap to their neighbour. */
const NARROWEST_SEPARATED_BAR = 3;
/** A speck is never fainter than this, so that a single sample among millions can still be seen. */
const FAINTEST_SPECK = 0.3;

export interface Matches {
  /** 1 for each label that matches. */
  readonly labels: LabelMatches;
  /** Matching nodes, ascending. */
  readonly nodes: Uint32Array;
}

/** What is emphasised. Every field may be absent. */
export interface Emphasis {
  /** What the search found. */
  readonly matches?: Matches;
  /** Levels above this one (the callers of the focused node) are painted muted. */
  readonly focusLevel?: number;
}

export interface PaintStyle {
  readonly colours: NodeColours;
  readonly background: Rgba;
  /** Fill of nodes that do not match the search and of callers of the focused node. */
  readonly muted: Rgba;
  /** Fill of pixels in which only some of many nodes match. */
  readonly match: Rgba;
}

/** A bar wide enough to carry a name. x and width are the visible part in device pixels. */
export interface NamedBar {
  readonly node: number;
  readonly row: number;
  readonly x: number;
  readonly width: number;
  readonly muted: boolean;
}

/**
 * A picture as data: one line of pixels for each visible row, to be stretched to the height of the row, and the bars
 * that carry names. Building it touches no canvas.
 */
export interface DrawList {
  readonly width: number;
  /** Level shown by each row, from top to bottom. */
  readonly levels: readonly number[];
  /** Top edge of each row, which is negative for a row that is partly scrolled out. */
  readonly tops: readonly number[];
  /** levels.length lines of `width` pixels. */
  readonly pixels: Uint32Array;
  readonly names: readonly NamedBar[];
}

/** `reuse` is the pixel memory of an earlier list that is no longer needed; it is taken when it is large enough. */
export function buildDrawList(
  tree: CallTree,
  viewport: Viewport,
  style: PaintStyle,
  emphasis: Emphasis = {},
  reuse?: Uint32Array
): DrawList {
  const { width } = viewport;
  const levels = visibleLevels(levelCount(tree), viewport);
  const tops = levels.map((level) => rowTop(level, levelCount(tree), viewport));

  const size = levels.length * width;
  const pixels = reuse && reuse.length >= size ? reuse.subarray(0, size) : new Uint32Array(size);
  pixels.fill(style.background);

  const row = new RowPainter(tree, pixels, viewport, style, emphasis.matches);
  const projection = projectionOf(viewport);
  levels.forEach((level, index) => {
    row.begin(index, emphasis.focusLevel !== undefined && level < emphasis.focusLevel);
    visitRow(tree, level, projection, row);
  });
  return { width, levels, tops, pixels, names: row.names };
}

/** Paints the cells of one row after another into the pixel lines, and notes the bars that can carry a name. */
export class RowPainter implements CellVisitor {
  readonly names: NamedBar[] = [];
  private row = 0;
  private line = 0;
  private ofCaller = false;
  /** Position in matches.nodes that follows the cells painted last: cells come in ascending order of their nodes. */
  private nextMatch = 0;
  private readonly width: number;
  private readonly narrowestNamed: number;

  constructor(
    private readonly tree: CallTree,
    private readonly pixels: Uint32Array,
    { width, devicePixelRatio }: Pick<Viewport, 'width' | 'devicePixelRatio'>,
    private readonly style: PaintStyle,
    private readonly matches: Matches | undefined
  ) {
    this.width = width;
    this.narrowestNamed = NARROWEST_NAMED_BAR * devicePixelRatio;
  }

  begin(row: number, ofCaller: boolean) {
    this.row = row;
    this.line = row * this.width;
    this.ofCaller = ofCaller;
    this.nextMatch = 0;
  }

  bar(node: number, x0: number, x1: number) {
    const from = Math.max(0, Math.round(x0));
    const to = Math.min(this.width, Math.round(x1));
    const muted = this.ofCaller || !this.isMatch(node);
    const colour = muted ? this.style.muted : this.style.colours.of(node);
    const gap = to - from >= NARROWEST_SEPARATED_BAR && x1 <= this.width ? 1 : 0;
    this.pixels.fill(colour, this.line + from, this.line + to - gap);
    if (to - from >= this.narrowestNamed) {
      this.names.push({ node, row: this.row, x: from, width: to - from, muted });
    }
  }

  speck(x: number, first: number, last: number, coverage: number) {
    const { style } = this;
    if (this.matches && last > first && !this.ofCaller && this.anyMatch(first, last)) {
      // Other nodes of this pixel may not match, but the one that does must not drown among them.
      this.pixels[this.line + x] = style.match;
      return;
    }
    const muted = this.ofCaller || (last > first ? this.matches !== undefined : !this.isMatch(first));
    const colour = muted ? style.muted : style.colours.of(first);
    this.pixels[this.line + x] = mix(style.background, colour, Math.max(FAINTEST_SPECK, coverage));
  }

  private isMatch(node: number): boolean {
    return this.matches === undefined || this.matches.labels[this.tree.label[node]] === 1;
  }

  private anyMatch(first: number, last: number): boolean {
    const { nodes } = this.matches!;
    this.nextMatch = firstNotBelow(nodes, this.nextMatch, first);
    return this.nextMatch < nodes.length && nodes[this.nextMatch] <= last;
  }
}

/** First position at or after `from` whose node is not below `node`; doubles its stride, so near answers are cheap. */
function firstNotBelow(nodes: Uint32Array, from: number, node: number): number {
  let stride = 1;
  let low = from;
  while (low + stride < nodes.length && nodes[low + stride] < node) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(nodes.length, low + stride);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (nodes[middle] < node) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

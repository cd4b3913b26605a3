import * as fc from 'fast-check';

import type { CallTree } from '../../engine/callTree';
import { anySamples } from '../../engine/testing/samples';
import { treeOf } from '../../engine/testing/trees';
import { levelCount } from '../../engine/traverse';
import { ingest } from '../../engine/ingest/ingest';

import { buildDrawList, type Emphasis, type PaintStyle } from './drawList';
import { NameFitter } from './nameFitter';
import { barTexts } from './texts';
import type { Viewport } from './viewport';

const BACKGROUND = 0xff000000;
const MUTED = 0xff777777;
const MATCH = 0xff00ffff;
/** Every node has a colour of its own, told from the others by its number. */
const style: PaintStyle = {
  colours: { of: (node) => (0xff100000 + node) >>> 0 },
  background: BACKGROUND,
  muted: MUTED,
  match: MATCH,
};
const colourOf = style.colours.of;

function viewportOf(tree: CallTree, width: number, part: Partial<Viewport> = {}): Viewport {
  return {
    window: { left: 0, right: tree.end[0] },
    width,
    height: levelCount(tree) * 20,
    rowHeight: 20,
    scrollTop: 0,
    devicePixelRatio: 1,
    direction: 'icicle',
    ...part,
  };
}

/** The lines of pixels, one string a row: a letter for each node, '.' for the background. */
function picture(tree: CallTree, viewport: Viewport, emphasis?: Emphasis): string[] {
  const { pixels, levels, width } = buildDrawList(tree, viewport, style, emphasis);
  const sign = (pixel: number) => {
    const node = pixel - colourOf(0);
    return pixel === BACKGROUND
      ? '.'
      : pixel === MUTED
        ? '-'
        : pixel === MATCH
          ? '!'
          : (tree.labels[tree.label[node]] ?? '?')[0];
  };
  return levels.map((_, row) => Array.from(pixels.subarray(row * width, (row + 1) * width), sign).join(''));
}

const SMALL = treeOf([
  { stack: ['a', 'c'], left: 6, right: 0 },
  { stack: ['a', 'd'], left: 4, right: 0 },
  { stack: ['b'], left: 10, right: 0 },
]);

describe('buildDrawList', () => {
  it('paints bars with a gap of one pixel between them', () => {
    expect(picture(SMALL, viewportOf(SMALL, 20))).toEqual([
      'ttttttttttttttttttt.',
      'aaaaaaaaa.bbbbbbbbb.',
      'ccccc.ddd...........',
    ]);
  });

  it('paints what the window shows, and bars that reach beyond it to its edges', () => {
    const viewport = viewportOf(SMALL, 20, { window: { left: 5, right: 15 } });
    expect(picture(SMALL, viewport)).toEqual(['tttttttttttttttttttt', 'aaaaaaaaa.bbbbbbbbbb', 'ccddddddd...........']);
  });

  it('lets a flame stand on its root', () => {
    const lines = picture(SMALL, viewportOf(SMALL, 20, { direction: 'flame', height: 100 }));
    expect(lines.map((line) => line[0])).toEqual(['c', 'a', 't']);
    const { tops } = buildDrawList(SMALL, viewportOf(SMALL, 20, { direction: 'flame', height: 100 }), style);
    expect(tops).toEqual([40, 60, 80]);
  });

  it('has only the rows in sight, the first of them partly scrolled out', () => {
    const { levels, tops } = buildDrawList(SMALL, viewportOf(SMALL, 20, { height: 20, scrollTop: 30 }), style);
    expect(levels).toEqual([1, 2]);
    expect(tops).toEqual([-10, 10]);
  });

  it('mutes callers of the focused frame and what does not match', () => {
    const labels = Uint8Array.from(SMALL.labels, (name) => (name === 'c' ? 1 : 0));
    const nodes = Uint32Array.from(SMALL.label, (_, node) => node).filter((node) => labels[SMALL.label[node]] === 1);
    const lines = picture(SMALL, viewportOf(SMALL, 20), { matches: { labels, nodes } });
    expect(lines.map((line) => line.slice(0, 9))).toEqual(['---------', '---------', 'ccccc.---']);
    const focused = picture(SMALL, viewportOf(SMALL, 20), { focusLevel: 2 });
    expect(focused.map((line) => line[0])).toEqual(['-', '-', 'c']);
  });

  it('shows one match among thousands of frames too small to be seen', () => {
    const count = 100_000;
    const tree = ingest({
      level: Array.from({ length: count + 1 }, (_, row) => (row === 0 ? 0 : 1)),
      value: Array.from({ length: count + 1 }, (_, row) => (row === 0 ? count : 1)),
      label: Array.from({ length: count + 1 }, (_, row) => `f${row}`),
    });
    const node = 70_001;
    const labels = new Uint8Array(tree.labels.length);
    labels[tree.label[node]] = 1;
    const [, line] = picture(tree, viewportOf(tree, 100), { matches: { labels, nodes: Uint32Array.of(node) } });
    expect(line.indexOf('!')).toBe(70);
    expect(line.lastIndexOf('!')).toBe(70);
  });

  it('looks at no more frames than there are pixels', () => {
    const count = 200_000;
    const tree = ingest({
      level: Array.from({ length: count + 1 }, (_, row) => (row === 0 ? 0 : 1)),
      value: Array.from({ length: count + 1 }, (_, row) => (row === 0 ? count : 1)),
      label: Array.from({ length: count + 1 }, (_, row) => `f${row % 1000}`),
    });
    const of = jest.fn(colourOf);
    buildDrawList(tree, viewportOf(tree, 1000), { ...style, colours: { of } });
    expect(of.mock.calls.length).toBeLessThanOrEqual(2 * 1000);
  });

  it('paints at every pixel a frame that is there, and background where none is', () => {
    fc.assert(
      fc.property(
        anySamples(false),
        fc.nat(99),
        fc.nat(99),
        fc.integer({ min: 1, max: 60 }),
        (samples, a, b, width) => {
          const tree = treeOf(samples);
          const total = tree.end[0];
          fc.pre(total > 0 && a !== b);
          const window = { left: (Math.min(a, b) / 100) * total, right: (Math.max(a, b) / 100) * total };
          const { pixels, levels } = buildDrawList(tree, viewportOf(tree, width, { window }), style);
          const scale = width / (window.right - window.left);
          levels.forEach((level, row) => {
            const nodes = Array.from({ length: tree.size }, (_, node) => node).filter(
              (node) => node >= tree.levelOffsets[level] && node < tree.levelOffsets[level + 1]
            );
            for (let x = 0; x < width; x++) {
              const pixel = pixels[row * width + x];
              // Edges are rounded and bars end with a gap: one pixel to each side.
              const near = nodes.filter(
                (node) =>
                  (tree.start[node] - window.left) * scale < x + 2 && (tree.end[node] - window.left) * scale > x - 1
              );
              const covering = nodes.filter(
                (node) =>
                  (tree.start[node] - window.left) * scale <= x - 1 && (tree.end[node] - window.left) * scale >= x + 3
              );
              if (near.length === 0) {
                expect(pixel).toBe(BACKGROUND);
              }
              if (covering.length > 0) {
                expect(pixel).toBe(colourOf(covering[0]));
              }
            }
          });
        }
      ),
      { numRuns: 150 }
    );
  });
});

describe('barTexts', () => {
  const fitter = new NameFitter(SMALL.labels, (text) => text.length * 7);
  const options = { devicePixelRatio: 1, maxNames: Infinity, amount: () => '50%' };
  const texts = (width: number, part: Partial<typeof options> = {}) => {
    const list = buildDrawList(SMALL, viewportOf(SMALL, width), style);
    return barTexts(SMALL, list, fitter, { ...options, ...part }).map(({ text, row, x }) => `${row}:${x} ${text}`);
  };

  it('writes names at the left and amounts at the right where there is room', () => {
    expect(texts(200)).toEqual([
      '0:4 total',
      '0:175 50%',
      '1:4 a',
      '1:75 50%',
      '1:104 b',
      '1:175 50%',
      '2:4 c',
      '2:35 50%',
      '2:64 d',
    ]);
  });

  it('leaves out what does not fit', () => {
    expect(texts(40)).toEqual(['0:4 tot…', '1:4 a', '1:24 b']);
  });

  it('keeps the names of the widest bars when there may be only so many', () => {
    expect(texts(200, { maxNames: 1 })).toEqual(['0:4 total', '0:175 50%']);
  });
});

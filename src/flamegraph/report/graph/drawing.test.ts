import { callGraph } from '../../../engine/report/callGraph';
import { treeOf } from '../../../engine/testing/trees';

import { drawGraph, type GraphBox, type GraphDrawing, type GraphWording, type Point } from './drawing';
import { writeGraphSvg } from './writeGraphSvg';

const HOSTILE = '</text><script>alert(1)</script>&"\u0000';

const tree = treeOf([
  { stack: ['main', 'work', 'small', 'hash'], left: 60, right: 0 },
  { stack: ['main', 'work', 'hash'], left: 30, right: 0 },
  { stack: ['main', 'work', 'hash', 'work'], left: 10, right: 0 },
  { stack: ['main', HOSTILE], left: 9, right: 0 },
  { stack: ['main', 'rare'], left: 1, right: 0 },
]);

const wording: GraphWording = {
  whole: 110,
  nameOf: (label) => tree.labels[label],
  shortNameOf: (label) => tree.labels[label],
  fillOf: () => '#abcdef',
  costOf: (both) => `${both} samples`,
  selfLine: (cost) => `self ${cost}`,
};

const draw = (maxFunctions?: number): Promise<GraphDrawing> =>
  drawGraph(callGraph(tree, { maxFunctions, minShare: 0 }), wording);

const overlap = (a: GraphBox, b: GraphBox) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const touches = ({ x, y }: Point, box: GraphBox) =>
  x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;

describe('drawGraph', () => {
  it('draws every function in a box of its own, inside the picture', async () => {
    const { boxes, width, height } = await draw();
    expect(boxes.map(({ name }) => name).sort()).toEqual([HOSTILE, 'hash', 'main', 'rare', 'small', 'work'].sort());
    for (const box of boxes) {
      expect(boxes.filter((other) => other !== box && overlap(box, other))).toEqual([]);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
  });

  it('leads an arrow from box to box for every call, wider for more, also where calls go in a circle', async () => {
    const { boxes, arrows } = await draw();
    const at = (point: Point) => boxes.find((box) => touches(point, box))?.name;
    const ends = arrows.map(({ points, text }) => `${at(points[0])} > ${at(points[points.length - 1])}: ${text}`);
    expect(ends.sort()).toEqual(
      [
        'main > work: 100 samples',
        'work > small: 60 samples',
        'small > hash: 60 samples',
        'work > hash: 40 samples',
        'hash > work: 10 samples',
        `main > ${HOSTILE}: 9 samples`,
        'main > rare: 1 samples',
      ].sort()
    );
    const weight = (text: string) => arrows.find((arrow) => arrow.text === `${text} samples`)!.weight;
    expect(weight('100')).toBeGreaterThan(weight('60'));
    expect(weight('60')).toBeGreaterThan(weight('9'));
  });

  it('writes the function with the most self value largest', async () => {
    const { boxes } = await draw();
    const largest = boxes.reduce((most, box) => (box.fontSize > most.fontSize ? box : most));
    expect(largest.name).toBe('hash');
    expect(largest.lines).toEqual(['hash', '100 samples', 'self 90 samples']);
  });

  it('marks calls through functions that are left out', async () => {
    const { arrows } = await draw(3);
    expect(arrows.map(({ isIndirect, text }) => [text, isIndirect])).toContainEqual(['100 samples', true]);
  });

  it('draws nothing of nothing', async () => {
    const empty = treeOf([{ stack: [], left: 1, right: 0 }]);
    expect((await drawGraph(callGraph(empty), wording)).boxes).toEqual([]);
  });
});

describe('writeGraphSvg', () => {
  it('is a document in which a hostile name stays text', async () => {
    const svg = writeGraphSvg(await draw(), { background: '#fff', line: '#777', name: '#000' }, 'Inter, "Sans"');
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelector('script')).toBeNull();
    expect(parsed.querySelectorAll('rect[rx]')).toHaveLength(6);
    const texts = [...parsed.querySelectorAll('text')].map((text) => text.textContent);
    expect(texts).toContain(HOSTILE.replace('\u0000', '\ufffd'));
  });
});

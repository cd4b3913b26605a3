import type { CallGraph } from '../../../engine/report/callGraph';

/** A point of the drawing, in its own units: CSS pixels at full size. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A function's box: name and costs, larger letters for more self value. */
export interface GraphBox extends Point {
  /** Top left corner, width and height. */
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  readonly name: string;
  /** What is written: the shortened name, then costs. */
  readonly lines: readonly string[];
  readonly fill: string;
  /** Name and costs in one sentence. */
  readonly description: string;
}

/** An arrow from a caller to a callee. */
export interface GraphArrow {
  readonly points: readonly Point[];
  /** Width of the line. */
  readonly weight: number;
  readonly text: string;
  /** Middle of the text. */
  readonly textAt: Point;
  /** Whether functions that are not shown lie between the two. */
  readonly isIndirect: boolean;
}

export interface GraphDrawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly GraphBox[];
  readonly arrows: readonly GraphArrow[];
}

/** How functions and calls of a graph are written and coloured. */
export interface GraphWording {
  readonly whole: number;
  nameOf(label: number): string;
  /** The name as it is written in a box. */
  shortNameOf(label: number): string;
  fillOf(label: number): string;
  /** Costs: in units of the tree, both sides of a diff added, and the comparison's part. */
  costOf(both: number, right: number): string;
  /** Line with a function's self value. */
  selfLine(cost: string): string;
}

const SMALLEST_FONT = 10;
const LARGEST_FONT = 18;
const WIDEST_ARROW = 6;
const ARROW_FONT = 10;
/** Width of a character and height of a line, relative to the font's size. */
const CHARACTER = 0.58;
const LINE = 1.35;
const PADDING = 8;

/** Lays a call graph out from callers above to callees below. Loads the layout library, which nothing else needs. */
export async function drawGraph({ functions, edges }: CallGraph, wording: GraphWording): Promise<GraphDrawing> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 36, edgesep: 12, marginx: 12, marginy: 12 });
  const heaviestSelf = Math.max(...functions.map(({ self }) => self), Number.MIN_VALUE);
  const boxes = new Map(
    functions.map((each) => {
      const fontSize = SMALLEST_FONT + (LARGEST_FONT - SMALLEST_FONT) * Math.sqrt(each.self / heaviestSelf);
      const total = wording.costOf(each.total, each.totalRight);
      const self = wording.selfLine(wording.costOf(each.self, each.selfRight));
      const lines = [wording.shortNameOf(each.label), total, ...(each.self > 0 ? [self] : [])];
      const name = wording.nameOf(each.label);
      const box = {
        name,
        lines,
        fontSize,
        fill: wording.fillOf(each.label),
        description: [name, total, ...(each.self > 0 ? [self] : [])].join(', '),
        width: Math.max(...lines.map((line) => line.length)) * fontSize * CHARACTER + 2 * PADDING,
        height: lines.length * fontSize * LINE + PADDING,
      };
      graph.setNode(String(each.label), { width: box.width, height: box.height });
      return [each.label, box] as const;
    })
  );
  const arrows = Array.from({ length: edges.size }, (_, e) => {
    const text = wording.costOf(edges.total[e], edges.totalRight?.[e] ?? 0);
    const [from, to] = [String(edges.caller[e]), String(edges.callee[e])];
    const width = text.length * ARROW_FONT * CHARACTER;
    graph.setEdge(from, to, {
      width,
      height: ARROW_FONT * LINE,
      labelpos: 'r',
      labeloffset: 4,
      weight: edges.total[e] / wording.whole,
    });
    const weight = Math.max(1, (WIDEST_ARROW * edges.total[e]) / wording.whole);
    return { from, to, text, weight, isIndirect: edges.indirect[e] === 1 };
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: [...boxes].map(([label, box]) => {
      const { x, y } = graph.node(String(label));
      return { ...box, x: x - box.width / 2, y: y - box.height / 2 };
    }),
    arrows: arrows.map(({ from, to, ...arrow }) => {
      const { points = [], x = 0, y = 0 } = graph.edge(from, to);
      return { ...arrow, points, textAt: { x, y } };
    }),
  };
}

/** The text size of arrows, which boxes' names are never smaller than. */
export const ARROW_FONT_SIZE = ARROW_FONT;

/** Baseline of a box's line, from the box's top. */
export function baselineOf({ fontSize }: GraphBox, line: number): number {
  return PADDING / 2 + (line + 0.78) * fontSize * LINE;
}

/** The arrow as the path of an SVG: straight between dagre's points, which bend little. */
export function pathOf({ points }: GraphArrow): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

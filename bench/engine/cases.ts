import {
  compileSearch,
  diffTrees,
  hitTest,
  ingest,
  invert,
  matchLabels,
  sandwich,
  summarizeMatches,
  topTable,
  type CallTree,
} from '../../src/engine';
import { generate, type GeneratedFrame, type ShapeName } from './generate';

/** One measurement of the engine alone: no canvas, no React. Runs in Node and in a browser. */
export interface EngineCase {
  name: string;
  unit: 'ms' | 'MB' | 'us';
  /** Most that is allowed, in the unit; absent where nothing is promised. */
  gate?: number;
  /** Makes what the measurement needs, not measured. */
  prepare(): Measurement;
}

export interface Measurement {
  /** What is measured; gives back what it made, so that it is neither optimised away nor freed too early. */
  run(): unknown;
  /** How often run() does the work that the unit speaks of. Default 1. */
  repeats?: number;
}

export const cases: readonly EngineCase[] = [
  { name: 'ingest, 10k nodes', unit: 'ms', prepare: () => ingesting('10k') },
  { name: 'ingest, 100k nodes', unit: 'ms', prepare: () => ingesting('100k') },
  { name: 'ingest, 1M nodes', unit: 'ms', gate: 150, prepare: () => ingesting('1M') },
  { name: 'ingest, 1M nodes, names as texts', unit: 'ms', prepare: () => ingestingTexts('1M') },
  { name: 'memory retained, 1M nodes', unit: 'MB', gate: 64, prepare: () => ingesting('1M') },
  { name: 'search, plain, 1M nodes', unit: 'ms', gate: 20, prepare: () => searching('order', false) },
  { name: 'search, regex, 1M nodes', unit: 'ms', gate: 20, prepare: () => searching('(Server|Conn).*Order', true) },
  { name: 'hit test, 1M nodes', unit: 'us', gate: 1, prepare: hitting },
  { name: 'top table, 1M nodes', unit: 'ms', gate: 30, prepare: () => on('1M', (tree) => topTable(tree)) },
  // A copy: where recursion is has been forgotten, as it is not known of a tree that a filter made.
  {
    name: 'top table of a filtered tree, 1M nodes',
    unit: 'ms',
    prepare: () => on('1M', (tree) => topTable({ ...tree })),
  },
  { name: 'sandwich of the most frequent label, 1M nodes', unit: 'ms', gate: 250, prepare: sandwiching },
  { name: 'whole-tree invert, 1M nodes', unit: 'ms', gate: 400, prepare: () => on('1M', (tree) => invert(tree)) },
  { name: 'diff, 2 x 1M nodes', unit: 'ms', gate: 600, prepare: diffing },
  { name: 'open, 10,000 levels', unit: 'ms', gate: 1000, prepare: () => opening('deep') },
  { name: 'open, 200,000 siblings', unit: 'ms', gate: 1000, prepare: () => opening('wide') },
];

export function read({ level, value, self, label, text }: GeneratedFrame): CallTree {
  return ingest({ level, value, self, label: { index: label, text } });
}

/** Label with the most nodes. */
export function mostFrequentLabel({ labels, label }: CallTree): number {
  const counts = new Uint32Array(labels.length);
  for (const l of label) {
    counts[l]++;
  }
  return counts.reduce((most, count, l) => (count > counts[most] ? l : most), 0);
}

function on(shape: ShapeName, work: (tree: CallTree) => unknown): Measurement {
  const tree = read(generate(shape));
  return { run: () => work(tree) };
}

function ingesting(shape: ShapeName): Measurement {
  const frame = generate(shape);
  return { run: () => read(frame) };
}

function ingestingTexts(shape: ShapeName): Measurement {
  const { label, text, ...columns } = generate(shape);
  const names = label.map((l) => text[l]);
  return { run: () => ingest({ ...columns, label: names }) };
}

function searching(text: string, regex: boolean): Measurement {
  return on('1M', (tree) => summarizeMatches(tree, matchLabels(tree, compileSearch({ text, regex }).test!)));
}

function hitting(): Measurement {
  const tree = read(generate('1M'));
  const levels = tree.levelOffsets.length - 1;
  const whole = tree.end[0];
  const repeats = 100_000;
  const run = () => {
    let found = 0;
    for (let k = 0; k < repeats; k++) {
      const hit = hitTest(tree, k % levels, ((k * 7919) % repeats) * (whole / repeats), whole / 1500);
      found += hit?.count ?? 0;
    }
    return found;
  };
  return { run, repeats };
}

function sandwiching(): Measurement {
  const tree = read(generate('1M'));
  const label = mostFrequentLabel(tree);
  return { run: () => sandwich(tree, label) };
}

function diffing(): Measurement {
  const baseline = read(generate('1M'));
  const comparison = read(generate('1M-comparison'));
  return { run: () => diffTrees(baseline, comparison) };
}

/** Everything a panel asks of the engine before the first picture, and the heavy views on top. */
function opening(shape: ShapeName): Measurement {
  const frame = generate(shape);
  return {
    run: () => {
      const tree = read(frame);
      return [topTable(tree), sandwich(tree, mostFrequentLabel(tree)), invert(tree), diffTrees(tree, tree)];
    },
  };
}

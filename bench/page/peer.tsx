/**
 * The same work done by @grafana/flamegraph, which draws flame graphs in Grafana. Its parts are imported by file, since
 * the package exports only the whole component; `bench/run.mjs` maps 'peer/…' to its folder.
 */
import React, { useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { FieldType, createTheme, type DataFrame } from '@grafana/data';

import { labelSearch } from 'peer/FlameGraphContainer.mjs';
import { CollapsedMap, FlameGraphDataContainer } from 'peer/FlameGraph/dataTransform.mjs';
import { useFlameRender } from 'peer/FlameGraph/rendering.mjs';
import { buildFilteredTable } from 'peer/TopTable/FlameGraphTopTableContainer.mjs';
import { ColorScheme } from 'peer/types.mjs';

import { generate, type GeneratedFrame, type ShapeName } from '../engine/generate';

import { answerText, frameOf } from './answer';
import type { CaseName } from './rows';
import { PICTURE, flush, median, quantile, timed, zoomScript, type Step } from './timing';

/** After this long no further step of a script is begun; the median is of those that were made. */
const BUDGET_MS = 20_000;

const held: { result?: unknown } = {};

function dataFrame({ level, value, self, label, text }: GeneratedFrame): DataFrame {
  return {
    length: level.length,
    fields: [
      { name: 'level', type: FieldType.number, config: {}, values: level },
      { name: 'value', type: FieldType.number, config: { unit: 'ns' }, values: value },
      { name: 'self', type: FieldType.number, config: { unit: 'ns' }, values: self },
      { name: 'label', type: FieldType.enum, config: { type: { enum: { text } } }, values: label },
    ],
  };
}

function read(frame: DataFrame): FlameGraphDataContainer {
  const container = new FlameGraphDataContainer(frame, { collapsing: true }, createTheme());
  container.getLevels();
  return container;
}

interface View extends Step {
  readonly matchedLabels?: Set<string>;
}

function Canvas({ data, view }: { data: FlameGraphDataContainer; view: View }) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const levels = data.getLevels();
  useFlameRender({
    canvasRef,
    data,
    root: levels[0][0],
    depth: levels.length,
    direction: 'children',
    wrapperWidth: PICTURE.width,
    rangeMin: view.left,
    rangeMax: view.right,
    matchedLabels: view.matchedLabels,
    textAlign: 'left',
    totalViewTicks: levels[0][0].value,
    totalColorTicks: levels[0][0].value,
    totalTicksRight: undefined,
    colorScheme: ColorScheme.PackageBased,
    focusedItemData: undefined,
    collapsedMap: NOTHING_COLLAPSED,
  });
  return <canvas ref={canvasRef} />;
}

const NOTHING_COLLAPSED = new CollapsedMap();

class Screen {
  private readonly root = createRoot(document.body.appendChild(document.createElement('div')));

  private constructor(private readonly data: FlameGraphDataContainer) {}

  /** Resolves when the first picture is drawn: the first render only sizes the canvas and asks for a second. */
  static async open(data: FlameGraphDataContainer): Promise<Screen> {
    const screen = new Screen(data);
    screen.frame({ left: 0, right: 0.999 });
    await new Promise((resolve) => setTimeout(resolve));
    screen.frame({ left: 0, right: 1 });
    return screen;
  }

  /** Milliseconds from a change to its picture. */
  frame(view: View): number {
    return timed(() => {
      flushSync(() => this.root.render(<Canvas data={this.data} view={view} />));
      flush(document.querySelector('canvas')!.getContext('2d')!);
    });
  }
}

function withinBudget<T>(steps: readonly T[], run: (step: T) => number): number[] {
  const end = performance.now() + BUDGET_MS;
  const times: number[] = [];
  for (const step of steps) {
    times.push(run(step));
    if (performance.now() > end) {
      break;
    }
  }
  return times;
}

/** Every fifth step first, so that a budget that ends early has still seen every zoom. */
function spread(steps: Step[]): Step[] {
  return [0, 1, 2, 3, 4].flatMap((offset) => steps.filter((_, i) => i % 5 === offset));
}

async function zoomTimes(data: FlameGraphDataContainer): Promise<number[]> {
  const screen = await Screen.open(data);
  return withinBudget(spread(zoomScript()), (step) => screen.frame(step));
}

export async function runPeer(run: CaseName, shape: ShapeName): Promise<number> {
  const generated = generate(shape);
  const frame = dataFrame(generated);
  if (run === 'ingest') {
    return median(withinBudget([1, 2, 3], () => timed(() => (held.result = read(frame)))));
  }
  if (run === 'open') {
    const before = performance.now();
    await Screen.open(read(frame));
    return performance.now() - before;
  }
  if (run === 'bytes') {
    return answerText(generated).length / 1e6;
  }
  if (run === 'answer') {
    const answer = answerText(generated);
    const before = performance.now();
    await Screen.open(read(frameOf(answer)));
    return performance.now() - before;
  }
  const data = read(frame);
  switch (run) {
    case 'retained':
      held.result = data;
      return 0;
    case 'full-frame': {
      const screen = await Screen.open(data);
      return median(
        withinBudget(Array(10).fill(0), () => {
          screen.frame({ left: 0, right: 0.9999 });
          return screen.frame({ left: 0, right: 1 });
        })
      );
    }
    case 'zoom-median':
      return median(await zoomTimes(data));
    case 'zoom-p99':
      return quantile(await zoomTimes(data), 0.99);
    case 'search': {
      const screen = await Screen.open(data);
      const typed = 'decodeOrder';
      const prefixes = Array.from(typed, (_, i) => typed.slice(0, i + 1));
      return median(
        withinBudget(prefixes, (search) =>
          timed(() => screen.frame({ left: 0, right: 1, matchedLabels: labelSearch(search, data) }))
        )
      );
    }
    case 'table':
      return median(withinBudget([1, 2, 3], () => timed(() => (held.result = buildFilteredTable(data)))));
    case 'sandwich': {
      const counts = new Map<number, number>();
      generated.label.forEach((label) => counts.set(label, (counts.get(label) ?? 0) + 1));
      const [label] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
      return timed(() => (held.result = data.getSandwichLevels(generated.text[label])));
    }
    default:
      throw new Error(`the peer has no '${run}'`);
  }
}

/** Frees what 'retained' and the others keep. */
export function forget(): void {
  delete held.result;
}

import { createTheme } from '@grafana/data';

import {
  compileSearch,
  diffTrees,
  ingest,
  invert,
  matchLabels,
  sandwich,
  summarizeMatches,
  topTable,
  type CallTree,
} from '../../src/engine';
import { oklch } from '../../src/flamegraph/colour/oklch';
import { rgb } from '../../src/flamegraph/colour/rgba';
import { nodeColours } from '../../src/flamegraph/colour/scheme';
import { Stage, type Scene } from '../../src/flamegraph/graph/Stage';
import { columnsOf } from '../../src/panel/flameFrame';
import { mostFrequentLabel, read } from '../engine/cases';
import { generate, type ShapeName } from '../engine/generate';

import { frameOf, packedText } from './answer';
import { PICTURE, median, quantile, timed, zoomScript } from './timing';
import type { CaseName } from './rows';

/** Held here so that the garbage collector counts it while memory is measured. */
const held: { result?: unknown } = {};

function sceneOf(tree: CallTree): Scene {
  const { colors, typography } = createTheme();
  return {
    tree,
    direction: 'icicle',
    style: {
      colours: nodeColours(tree, 'package', 'relative', true),
      background: rgb(24, 27, 31),
      muted: oklch(0.33, 0.008, 270),
      match: oklch(0.85, 0.17, 95),
      outline: colors.text.maxContrast,
    },
    text: {
      font: (ratio) => `${11.5 * ratio}px ${typography.fontFamily}`,
      colour: '#16181d',
      mutedColour: colors.text.secondary,
      maxNames: 2000,
    },
    emphasis: {},
  };
}

/** The real stage on real canvases; frames are painted when this says so and not when the browser does. */
class Screen {
  readonly stage = new Stage();
  private readonly pictureContext: CanvasRenderingContext2D;
  private pending: FrameRequestCallback | undefined;

  constructor() {
    const scroller = document.createElement('div');
    scroller.style.cssText = `width:${PICTURE.width}px;height:${PICTURE.height}px;overflow:auto`;
    const picture = document.createElement('canvas');
    const overlay = document.createElement('canvas');
    scroller.append(picture, overlay);
    document.body.append(scroller);
    window.requestAnimationFrame = (callback) => {
      this.pending = callback;
      return 1;
    };
    window.cancelAnimationFrame = () => (this.pending = undefined);
    this.stage.attach({ scroller, picture, overlay });
    this.pictureContext = picture.getContext('2d', { alpha: false })!;
    this.stage.resize(PICTURE.width, PICTURE.height, window.devicePixelRatio);
  }

  /** Milliseconds from a change to its picture; throws when the change asked for none. */
  frame(change: () => void): number {
    return timed(() => {
      change();
      const paint = this.pending;
      if (!paint) {
        throw new Error('no frame was asked for');
      }
      this.pending = undefined;
      paint(performance.now());
      this.pictureContext.getImageData(0, 0, 1, 1);
    });
  }
}

function zoomTimes(tree: CallTree): number[] {
  const screen = new Screen();
  screen.frame(() => screen.stage.setScene(sceneOf(tree)));
  const whole = tree.end[0];
  return zoomScript().map(({ left, right }) =>
    screen.frame(() => screen.stage.show({ left: left * whole, right: right * whole }, false))
  );
}

/** Typing a name letter by letter: each keystroke searches and paints. */
function searchTimes(tree: CallTree): number[] {
  const screen = new Screen();
  const scene = sceneOf(tree);
  screen.frame(() => screen.stage.setScene(scene));
  const typed = 'decodeOrder';
  return Array.from(typed, (_, i) =>
    screen.frame(() => {
      const { test } = compileSearch({ text: typed.slice(0, i + 1), regex: false, caseSensitive: false });
      const labels = matchLabels(tree, test!);
      const { nodes } = summarizeMatches(tree, labels);
      screen.stage.setScene({ ...scene, emphasis: { matches: { labels, nodes } } });
    })
  );
}

function best(times: number, run: () => void): number {
  return median(Array.from({ length: times }, () => timed(run)));
}

export function runOurs(run: CaseName, shape: ShapeName): number {
  const frame = generate(shape);
  if (run === 'ingest') {
    return best(5, () => (held.result = read(frame)));
  }
  if (run === 'open') {
    const screen = new Screen();
    return screen.frame(() => screen.stage.setScene(sceneOf(read(frame))));
  }
  if (run === 'answer') {
    const answer = packedText(frame);
    const screen = new Screen();
    return screen.frame(() => screen.stage.setScene(sceneOf(ingest(columnsOf(frameOf(answer))))));
  }
  if (run === 'bytes') {
    return packedText(frame).length / 1e6;
  }
  if (run === 'retained') {
    held.result = read(frame);
    return 0;
  }
  const tree = read(frame);
  switch (run) {
    case 'full-frame': {
      const screen = new Screen();
      screen.frame(() => screen.stage.setScene(sceneOf(tree)));
      return median(Array.from({ length: 20 }, () => screen.frame(() => screen.stage.repaint())));
    }
    case 'zoom-median':
      return median(zoomTimes(tree));
    case 'zoom-p99':
      return quantile(zoomTimes(tree), 0.99);
    case 'search':
      return median(searchTimes(tree));
    case 'table':
      return best(5, () => (held.result = topTable(tree)));
    case 'sandwich': {
      const label = mostFrequentLabel(tree);
      return best(3, () => (held.result = sandwich(tree, label)));
    }
    case 'invert':
      return best(3, () => (held.result = invert(tree)));
    case 'diff': {
      const comparison = read(generate('1M-comparison'));
      return best(3, () => (held.result = diffTrees(tree, comparison)));
    }
  }
}

/** Frees what 'retained' and the others keep. */
export function forget(): void {
  delete held.result;
}

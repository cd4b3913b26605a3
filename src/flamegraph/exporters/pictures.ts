import { t } from '@grafana/i18n';

import { nodeColours } from '../colour/scheme';
import { describeNode } from '../facts/nodeFacts';
import { windowOf } from '../graph/navigation';
import { followStack } from '../../engine/traverse';
import { makeScene } from '../state/scene';
import { searchTree } from '../state/useSearch';

import type { Exporter, ExportRequest } from './exporter';
import { writePng } from './png';
import { writeSvg } from './svg';

/** CSS pixels. */
const WIDTH = 1600;

/** The graph as it is drawn, with all its levels. */
export function pictureExporters(): Exporter[] {
  return [
    {
      id: 'png',
      label: t('flamegraph.export.png', 'PNG'),
      description: t('flamegraph.export.png-for', 'A picture of what is shown'),
      isPicture: true,
      write: async (request) => {
        const { scene, window } = pictureOf(request);
        return { name: `${request.title}.png`, type: 'image/png', content: await writePng(scene, window, WIDTH) };
      },
    },
    {
      id: 'svg',
      label: t('flamegraph.export.svg', 'SVG'),
      description: t('flamegraph.export.svg-for', 'A drawing with a tooltip on every frame'),
      isPicture: true,
      write: (request) => {
        const content = writeSvg({
          ...pictureOf(request),
          width: WIDTH,
          fontFamily: request.theme.typography.fontFamily,
          describe: (node) => describeNode(request.drawn, node, request.scale),
        });
        return { name: `${request.title}.svg`, type: 'image/svg+xml', content };
      },
    },
  ];
}

function pictureOf({ drawn, state, search, scale, theme }: ExportRequest) {
  const focus = followStack(drawn, state.focus).node;
  const matches = searchTree(drawn, search)?.matches;
  const colours = nodeColours(drawn, state.colours, state.diff.measure, theme.isDark);
  const { direction, amount } = state;
  const scene = makeScene(
    { tree: drawn, direction, amount, focus, matches, maxNames: Infinity },
    colours,
    scale,
    theme
  );
  return { scene, window: windowOf(drawn, focus, state.window) };
}

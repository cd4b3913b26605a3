import { t } from '@grafana/i18n';

import { callGraph } from '../../engine/report/callGraph';
import { drawGraph } from '../report/graph/drawing';
import { graphWording } from '../report/graph/wording';
import { writeGraphSvg } from '../report/graph/writeGraphSvg';
import { NAME_COLOUR } from '../state/scene';

import type { Exporter } from './exporter';

/** The heaviest functions and their calls as a drawing. */
export function graphExporter(): Exporter {
  return {
    id: 'call-graph',
    label: t('flamegraph.export.call-graph', 'Call graph (SVG)'),
    description: t('flamegraph.export.call-graph-for', 'The heaviest functions and their calls'),
    isPicture: false,
    write: async ({ profile, scale, state, theme, title }) => {
      const wording = graphWording({ ...scale, profile }, state, theme.isDark);
      const drawing = await drawGraph(callGraph(profile), wording);
      const { background, text, typography } = { ...theme.colors, typography: theme.typography };
      const colours = { background: background.primary, line: text.secondary, name: NAME_COLOUR };
      const content = writeGraphSvg(drawing, colours, typography.fontFamily);
      return { name: `${title}-calls.svg`, type: 'image/svg+xml', content };
    },
  };
}

import { t } from '@grafana/i18n';

import { rescaleComparison } from '../../engine/diff';

import type { Exporter, ExportRequest } from './exporter';

/** Stacks in the formats of other tools. Their writers are loaded when somebody exports. */
export function profileExporters(): Exporter[] {
  return [
    {
      id: 'pprof',
      label: t('flamegraph.export.pprof', 'pprof'),
      description: t('flamegraph.export.pprof-for', 'For go tool pprof'),
      isPicture: false,
      write: async (request) => {
        const { formats, stacks } = await stacksOf(request);
        const content = formats.writePprof(stacks, request.measured);
        return { name: `${request.title}.pb`, type: 'application/octet-stream', content: content.slice() };
      },
    },
    {
      id: 'collapsed',
      label: t('flamegraph.export.collapsed', 'Collapsed stacks'),
      description: t('flamegraph.export.collapsed-for', 'One stack a line, for flamegraph.pl'),
      isPicture: false,
      write: async (request) => {
        const { formats, stacks } = await stacksOf(request);
        return { name: `${request.title}.txt`, type: 'text/plain', content: formats.writeCollapsed(stacks) };
      },
    },
    {
      id: 'speedscope',
      label: t('flamegraph.export.speedscope', 'speedscope'),
      description: t('flamegraph.export.speedscope-for', 'For speedscope.app'),
      isPicture: false,
      write: async (request) => {
        const { formats, stacks } = await stacksOf(request);
        return {
          name: `${request.title}.speedscope.json`,
          type: 'application/json',
          content: formats.writeSpeedscope(stacks, request.title),
        };
      },
    },
  ];
}

async function stacksOf({ profile, scale, measured }: ExportRequest) {
  const formats = await import('../../formats');
  const unscaled = rescaleComparison(profile, 1 / scale.comparisonScale);
  return { formats, stacks: formats.fromCallTree(unscaled, { type: measured.sampleType, unit: measured.unit }) };
}

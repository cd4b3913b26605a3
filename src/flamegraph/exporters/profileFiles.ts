import { t } from '@grafana/i18n';

import type { ProfileFormat } from '../worker/writeTask';

import type { Exporter, ExportRequest } from './exporter';

/** Stacks in the formats of other tools. Their writers are loaded when somebody exports. */
export function profileExporters(): Exporter[] {
  return [
    {
      id: 'pprof',
      label: t('flamegraph.export.pprof', 'pprof'),
      description: t('flamegraph.export.pprof-for', 'For go tool pprof'),
      isPicture: false,
      write: async (request) => ({
        name: `${request.title}.pb`,
        type: 'application/octet-stream',
        content: await contentOf('pprof', request),
      }),
    },
    {
      id: 'collapsed',
      label: t('flamegraph.export.collapsed', 'Collapsed stacks'),
      description: t('flamegraph.export.collapsed-for', 'One stack a line, for flamegraph.pl'),
      isPicture: false,
      write: async (request) => ({
        name: `${request.title}.txt`,
        type: 'text/plain',
        content: await contentOf('collapsed', request),
      }),
    },
    {
      id: 'speedscope',
      label: t('flamegraph.export.speedscope', 'speedscope'),
      description: t('flamegraph.export.speedscope-for', 'For speedscope.app'),
      isPicture: false,
      write: async (request) => ({
        name: `${request.title}.speedscope.json`,
        type: 'application/json',
        content: await contentOf('speedscope', request),
      }),
    },
  ];
}

async function contentOf(format: ProfileFormat, request: ExportRequest): Promise<BlobPart[]> {
  const { writeProfile } = await import('../worker/writeProfile');
  const { profile, measured, title, scale, signal, onProgress } = request;
  const { comparisonScale } = scale;
  const parts = await writeProfile(profile, { format, measured, title, comparisonScale }, { signal, onProgress });
  // TypeScript cannot tell that none of them lies in shared memory.
  return parts as BlobPart[];
}

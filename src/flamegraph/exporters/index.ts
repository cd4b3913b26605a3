import { t } from '@grafana/i18n';

import { writeCsv } from './csv';
import type { Exporter } from './exporter';
import { graphExporter } from './callGraph';
import { pictureExporters } from './pictures';
import { profileExporters } from './profileFiles';

/** Every way to save a flame graph, in the order of the menu. */
export function allExporters(): Exporter[] {
  return [
    ...pictureExporters(),
    graphExporter(),
    {
      id: 'csv',
      label: t('flamegraph.export.csv', 'CSV'),
      description: t('flamegraph.export.csv-for', 'The table of functions'),
      isPicture: false,
      write: ({ profile, scale, title }) => ({
        name: `${title}.csv`,
        type: 'text/csv',
        content: writeCsv(profile, scale.comparisonScale),
      }),
    },
    ...profileExporters(),
  ];
}

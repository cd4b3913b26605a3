import type { ProfilesQuery } from './query';

/**
 * Names the lines of a grouped series by the values of their labels alone. Grafana's own names have the field's name
 * before them, 'cpu POST /orders', which says the same of every line.
 */
export function legendOfLabels(labels: readonly string[]): Pick<ProfilesQuery, 'legendFormat'> {
  return labels.length === 0 ? {} : { legendFormat: labels.map((label) => `{{${label}}}`).join(' · ') };
}

import { formattedValueToString, getValueFormat } from '@grafana/data';

/** A cost with its unit, e.g. '0.24 cores', '3.1 MiB/s'. */
export function formatCost(cost: number, unit: string): string {
  return formattedValueToString(getValueFormat(unit)(cost));
}

/** A share of 0..1 as text; what is there but rounds to nothing is not called nothing. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.001 ? '< 0.1%' : formattedValueToString(getValueFormat('percentunit')(share, 1));
}

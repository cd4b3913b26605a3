import type { DataFrame } from '@grafana/data';

import { SERVICE_LABEL } from '../../datasource/editor/useFirstChoice';
import { lineCosts } from '../series/lineCosts';

/** What one service cost over the range. */
export interface ServiceCost {
  /** Mean in the unit of the answer, e.g. cores; see lineCosts. */
  mean: number;
  /** One value a bucket, oldest first. Where the service sent nothing a flow is 0; a level, and what may still arrive, is not known. */
  values: Array<number | null>;
}

export interface ServiceCosts {
  byService: ReadonlyMap<string, ServiceCost>;
  /** Sum of the means of all lines, also of those that name no service. */
  total: number;
  /** Ends of the buckets in milliseconds, for every service's values. */
  times: number[];
  /** A Grafana unit. */
  unit: string;
  /** What is measured, in the backend's words, e.g. 'sampled CPU'. */
  title: string;
  /** Services found beyond the limit of the query. */
  cutOff: number;
}

/** Costs of services from series grouped by service. Undefined where there is no series. */
export function costsOf(frames: DataFrame[]): ServiceCosts | undefined {
  const costs = lineCosts(frames);
  if (costs === undefined) {
    return undefined;
  }
  const { lines, times, unit, facts } = costs;
  const byService = new Map<string, ServiceCost>();
  for (const { labels, mean, values } of lines) {
    const service = labels[SERVICE_LABEL];
    if (service !== undefined) {
      byService.set(service, { mean, values });
    }
  }
  const total = lines.reduce((sum, { mean }) => sum + mean, 0);
  const cutOff = Math.max(0, (facts.total ?? 0) - (facts.shown ?? 0));
  return { byService, total, times, unit, title: facts.title ?? '', cutOff };
}

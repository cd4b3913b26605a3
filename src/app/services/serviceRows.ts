import { memoize } from 'lodash';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import type { Service } from '../resources/ServiceDirectory';

import type { ServiceCost, ServiceCosts } from './serviceCosts';

/** A line of the list of services. */
export interface ServiceRow {
  name: string;
  profileTypes?: string[];
  /** Its types in words, the most telling first. */
  titles: string[];
  /** What they measure, e.g. 'CPU', 'Memory', in the order of the picker. */
  measures: string[];
  /** Absent where the service sent no profile of the chosen type, or is beyond the query's limit. */
  cost?: ServiceCost;
  /** Of the costs of all services, 0..1. */
  share?: number;
  isFavourite: boolean;
}

/** Where a line leads. */
export interface ServiceLinks {
  explore: string;
  compare: string;
}

/** Many services send the same few types. */
const wordsOf = memoize(describeProfileType);

export type Order = 'cost' | 'name';

/**
 * One row a service; also those that only the series or only the directory knows. Favourites first; among them, and among
 * the others, the costliest first, or by name.
 */
export function rowsOf(
  services: Service[],
  costs: ServiceCosts | undefined,
  order: Order,
  favourites: ReadonlySet<string>
): ServiceRow[] {
  const known = new Set(services.map(({ name }) => name));
  const others = [...(costs?.byService.keys() ?? [])]
    .filter((name) => !known.has(name))
    .map((name): Service => ({ name }));
  const rows = [...services, ...others].map(({ name, profileTypes }): ServiceRow => {
    const cost = costs?.byService.get(name);
    const share = cost && costs && costs.total > 0 ? cost.mean / costs.total : undefined;
    return { name, profileTypes, ...wordsFor(profileTypes ?? []), cost, share, isFavourite: favourites.has(name) };
  });
  const byName = (a: ServiceRow, b: ServiceRow) => a.name.localeCompare(b.name);
  const byCost = (a: ServiceRow, b: ServiceRow) => (b.cost?.mean ?? -1) - (a.cost?.mean ?? -1) || byName(a, b);
  const ordered = order === 'name' ? byName : byCost;
  return rows.sort((a, b) => Number(b.isFavourite) - Number(a.isFavourite) || ordered(a, b));
}

/** The rows whose name has every word of the search, in any case. */
export function searchRows(rows: ServiceRow[], search: string): ServiceRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? rows
    : rows.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}

function wordsFor(profileTypes: string[]): Pick<ServiceRow, 'titles' | 'measures'> {
  const words = profileTypes.map(wordsOf).sort((a, b) => a.rank - b.rank);
  return {
    titles: [...new Set(words.map(({ title }) => title))],
    measures: [...new Set(words.map(({ measure }) => measure))],
  };
}

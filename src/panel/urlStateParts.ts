import type { SearchQuery } from '../engine/search';
import { type Filter, TABLE_COLUMNS, type TableState } from '../flamegraph/state/flameGraphState';

import { isRecord } from './isRecord';

/** More filters than anybody sets by hand; each costs a pass over the tree. */
const MOST_FILTERS = 20;

/** A search as it was written to a link; undefined when it is none. */
export function readSearch(value: unknown): SearchQuery | undefined {
  if (!isRecord(value) || typeof value.text !== 'string') {
    return undefined;
  }
  return { text: value.text, regex: value.regex === true, caseSensitive: value.caseSensitive === true };
}

/** Filters as they were written to a link, without those that are none; undefined when it is no list. */
export function readFilters(value: unknown): Filter[] | undefined {
  return Array.isArray(value) ? value.slice(0, MOST_FILTERS).flatMap((each) => readFilter(each) ?? []) : undefined;
}

function readFilter(value: unknown): Filter | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, share, recursion } = value;
  switch (kind) {
    case 'focus':
    case 'ignore':
    case 'hide': {
      const search = readSearch(value);
      return search && { kind, ...search };
    }
    case 'recursion':
      return recursion === 'any' || recursion === 'direct' ? { kind, recursion } : undefined;
    case 'packages':
      return { kind };
    case 'small':
      return typeof share === 'number' && share >= 0 && share <= 1 ? { kind, share } : undefined;
    default:
      return undefined;
  }
}

/** The order of the table's rows; undefined when there is no such column. */
export function readSort(value: unknown): TableState['sort'] | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const column = (['function', ...TABLE_COLUMNS] as const).find((each) => each === value.column);
  return column && { column, descending: value.descending === true };
}

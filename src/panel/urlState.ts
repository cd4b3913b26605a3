import { COLOUR_SCHEMES } from '../flamegraph/colour/scheme';
import { AMOUNTS, CHANGES, DIRECTIONS, type FlameGraphState, LAYOUTS } from '../flamegraph/state/flameGraphState';

import { readFilters, readSearch, readSort } from './urlStateParts';
import { isRecord } from './isRecord';

/** Browsers and proxies refuse very long addresses; a state that would need one is not kept in it. */
const LONGEST = 4000;

/** The part of the state that a link carries: everything but the widths of columns, which are the reader's own. */
export type LinkedState = Partial<Omit<FlameGraphState, 'table'> & { table: Omit<FlameGraphState['table'], 'widths'> }>;

/** The state as a URL parameter; undefined when there is nothing to keep, or too much. */
export function writeUrlState({ table, ...state }: Partial<FlameGraphState>): string | undefined {
  const linked: LinkedState = { ...state, ...(table && { table: { sort: table.sort, change: table.change } }) };
  const text = JSON.stringify(linked);
  return text === '{}' || text.length > LONGEST ? undefined : text;
}

/** Reads what writeUrlState wrote. A URL comes from anywhere: whatever is not as it must be is left out. */
export function readUrlState(text: string | null): Partial<FlameGraphState> {
  if (text === null || text.length > LONGEST) {
    return {};
  }
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch {
    return {};
  }
  if (!isRecord(saved)) {
    return {};
  }
  const { layout, pivot, direction, colours, amount, inverted, sandwich, focus, window } = saved;
  const filters = readFilters(saved.filters);
  const search = readSearch(saved.search);
  return {
    ...oneOf('layout', LAYOUTS, layout),
    ...oneOf('direction', DIRECTIONS, direction),
    ...oneOf('colours', ['auto' as const, ...COLOUR_SCHEMES], colours),
    ...oneOf('amount', AMOUNTS, amount),
    ...(typeof inverted === 'boolean' && { inverted }),
    ...(typeof pivot === 'string' && { pivot }),
    ...(typeof sandwich === 'string' && { sandwich }),
    ...(Array.isArray(focus) && focus.every((name) => typeof name === 'string') && { focus }),
    ...(isShares(window) && { window: { left: window.left, right: window.right } }),
    ...(filters && { filters }),
    ...(search && { search }),
    ...readDiff(saved.diff),
    ...readTable(saved.table),
  };
}

function readDiff(diff: unknown): Pick<Partial<FlameGraphState>, 'diff'> {
  if (!isRecord(diff) || typeof diff.normalised !== 'boolean') {
    return {};
  }
  const { measure } = oneOf('measure', ['relative', 'absolute'] as const, diff.measure);
  return measure ? { diff: { measure, normalised: diff.normalised } } : {};
}

function readTable(table: unknown): Pick<Partial<FlameGraphState>, 'table'> {
  const sort = isRecord(table) ? readSort(table.sort) : undefined;
  const { change } = isRecord(table) ? oneOf('change', CHANGES, table.change) : {};
  return sort && change ? { table: { sort, change, widths: {} } } : {};
}

function oneOf<K extends string, T>(key: K, allowed: readonly T[], value: unknown): Partial<Record<K, T>> {
  const found = allowed.find((candidate) => candidate === value);
  return found === undefined ? {} : ({ [key]: found } as Partial<Record<K, T>>);
}

function isShares(value: unknown): value is { left: number; right: number } {
  if (!isRecord(value)) {
    return false;
  }
  const { left, right } = value;
  return typeof left === 'number' && typeof right === 'number' && left >= 0 && left < right && right <= 1;
}

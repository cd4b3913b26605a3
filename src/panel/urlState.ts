import { COLOUR_SCHEMES } from '../flamegraph/colour/scheme';
import { AMOUNTS, DIRECTIONS, type FlameGraphState, LAYOUTS } from '../flamegraph/state/flameGraphState';

/** Browsers and proxies refuse very long addresses; a state that would need one is not kept in it. */
const LONGEST = 4000;

/** The part of the state that a link carries. */
export type LinkedState = Partial<
  Pick<
    FlameGraphState,
    'layout' | 'pivot' | 'direction' | 'colours' | 'amount' | 'inverted' | 'sandwich' | 'focus' | 'window' | 'search'
  >
>;

/** The state as a URL parameter; undefined when there is nothing to keep, or too much. */
export function writeUrlState(state: Partial<FlameGraphState>): string | undefined {
  const { layout, pivot, direction, colours, amount, inverted, sandwich, focus, window, search } = state;
  const linked: LinkedState = { layout, pivot, direction, colours, amount, inverted, sandwich, focus, window, search };
  const text = JSON.stringify(linked);
  return text === '{}' || text.length > LONGEST ? undefined : text;
}

/** Reads what writeUrlState wrote. A URL comes from anywhere: whatever is not as it must be is left out. */
export function readUrlState(text: string | null): LinkedState {
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
  const { layout, pivot, direction, colours, amount, inverted, sandwich, focus, window, search } = saved;
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
    ...(isRecord(search) &&
      typeof search.text === 'string' && {
        search: { text: search.text, regex: search.regex === true, caseSensitive: search.caseSensitive === true },
      }),
  };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

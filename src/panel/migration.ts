import type { PanelModel } from '@grafana/data';

import { COLOUR_SCHEMES } from '../flamegraph/colour/scheme';
import { AMOUNTS, DIRECTIONS, LAYOUTS, TABLE_COLUMNS } from '../flamegraph/state/flameGraphState';

import { DEFAULT_OPTIONS, type FlameGraphOptions, LINK_TARGETS, OPTIONS_VERSION } from './options';

/**
 * Brings saved options to today's version. Whatever is missing, of another type or from a later version than this
 * becomes the default, so that a dashboard always opens.
 */
export function migrateOptions({ options }: Pick<PanelModel, 'options'>): FlameGraphOptions {
  const saved: Record<string, unknown> = isRecord(options) ? options : {};
  const { maxNames, sandwich, columns, sources, focus } = saved;
  return {
    version: OPTIONS_VERSION,
    layout: oneOf(LAYOUTS, saved.layout, DEFAULT_OPTIONS.layout),
    direction: oneOf(DIRECTIONS, saved.direction, DEFAULT_OPTIONS.direction),
    colours: oneOf(['auto' as const, ...COLOUR_SCHEMES], saved.colours, DEFAULT_OPTIONS.colours),
    amount: oneOf(AMOUNTS, saved.amount, DEFAULT_OPTIONS.amount),
    columns: Array.isArray(columns)
      ? TABLE_COLUMNS.filter((column) => columns.includes(column))
      : DEFAULT_OPTIONS.columns,
    maxNames: typeof maxNames === 'number' && maxNames >= 0 ? Math.floor(maxNames) : DEFAULT_OPTIONS.maxNames,
    sandwich: typeof sandwich === 'string' ? sandwich : DEFAULT_OPTIONS.sandwich,
    ...(Array.isArray(focus) && focus.every((name) => typeof name === 'string') && { focus }),
    links: oneOf(LINK_TARGETS, saved.links, DEFAULT_OPTIONS.links),
    sources: typeof sources === 'string' ? sources : DEFAULT_OPTIONS.sources,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function oneOf<T>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}

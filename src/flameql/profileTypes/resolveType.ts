import { isFullType } from '../syntax/profileType';
import { ALIASES, matchesPattern } from './aliases';

/** The full ids of the profile types that one service has in the query's ranges, found with the query's own matchers. */
export interface ServiceTypes {
  service: string;
  types: string[];
}

export interface UnresolvedType {
  /** unknown: nothing found fits; ambiguous: one service has several that fit; mixed: services differ. */
  kind: 'unknown' | 'ambiguous' | 'mixed';
  /** Of `ambiguous`. */
  service?: string;
  /** The types to choose from; of `unknown` all that were found. */
  candidates: string[];
  message: string;
}

export type ResolvedType = { ok: true; types: string[] } | { ok: false; error: UnresolvedType };

/**
 * Turns a type as written into the full ids it stands for, sorted. There is more than one when services name one meaning
 * differently; all have the same unit. A full id stands for itself, found or not.
 */
export function resolveType(written: string, found: readonly ServiceTypes[]): ResolvedType {
  if (isFullType(written)) {
    return { ok: true, types: [written] };
  }
  const perService = found.map(({ service, types }) => ({ service, ...candidatesOf(written, types) }));
  const ambiguous = perService.find(({ candidates }) => candidates.length > 1);
  if (ambiguous) {
    const { service, candidates } = ambiguous;
    const message = `Type "${written}" is ambiguous: service "${service}" has ${list(candidates)}. Write one of them.`;
    return { ok: false, error: { kind: 'ambiguous', service, candidates, message } };
  }
  const ids = sortedSet(perService.flatMap(({ candidates }) => candidates));
  if (ids.length === 0) {
    return { ok: false, error: unknown(written, sortedSet(found.flatMap(({ types }) => types))) };
  }
  const byAlias = perService.every((service) => service.byAlias || service.candidates.length === 0);
  if (new Set(ids.map((id) => meaningOf(id, byAlias))).size > 1) {
    const message = `Type "${written}" means different things here: ${list(ids)}. Write one of them, or select one service.`;
    return { ok: false, error: { kind: 'mixed', candidates: ids, message } };
  }
  return { ok: true, types: ids };
}

function unknown(written: string, candidates: string[]): UnresolvedType {
  const message =
    candidates.length === 0
      ? `Type "${written}" was not found: the selector matches no profiles in this range.`
      : `Type "${written}" was not found in this range. There is ${list(candidates)}.`;
  return { kind: 'unknown', candidates, message };
}

/** By alias, else by the parts it begins with, else by the sample type. */
function candidatesOf(written: string, types: readonly string[]): { candidates: string[]; byAlias: boolean } {
  for (const pattern of ALIASES.get(written) ?? []) {
    const candidates = sortedSet(types.filter((id) => matchesPattern(id, pattern)));
    if (candidates.length > 0) {
      return { candidates, byAlias: true };
    }
  }
  let candidates = types.filter((id) => id.startsWith(`${written}:`));
  if (candidates.length === 0 && !written.includes(':')) {
    candidates = types.filter((id) => matchesPattern(id, { samples: [written] }));
  }
  return { candidates: sortedSet(candidates), byAlias: false };
}

/** Types found by an alias mean one thing and need one unit; types found by their parts need one sample type as well. */
function meaningOf(id: string, byAlias: boolean): string {
  const [, sample, unit] = id.split(':');
  if (unit === undefined) {
    return id;
  }
  return byAlias ? unit : `${sample}:${unit}`;
}

function sortedSet(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

const MOST_NAMED = 8;

function list(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return ids.slice(0, MOST_NAMED).join(', ') + more;
}

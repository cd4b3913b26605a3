import type { DataQuery } from '@grafana/schema';

import type { ProfilesQuery } from './query';

/** The selector that keeps every profile. */
export const EVERYTHING = '{}';

/** A query as some version of core's datasource, a link or a hand-written dashboard left it: any field may be odd. */
export type SavedQuery = DataQuery & { [field in keyof ProfilesQuery]?: unknown };

/**
 * Reads a saved query into today's model. Fields that it does not know are kept, so that nothing a newer version wrote
 * is lost; an unknown queryType is kept too, because the backend answers it with an error and a silent change would
 * show something that nobody asked for. Reading twice changes nothing more.
 */
export function readSavedQuery(saved: SavedQuery): ProfilesQuery {
  const query = {
    ...saved,
    labelSelector: textOf(saved.labelSelector) || EVERYTHING,
    profileTypeId: textOf(saved.profileTypeId),
    groupBy: textsOf(saved.groupBy),
  } as ProfilesQuery;
  for (const field of ['spanSelector', 'profileIdSelector', 'traceIdSelector'] as const) {
    if (field in saved) {
      query[field] = textsOf(saved[field]).flatMap(splitIds);
    }
  }
  for (const field of ['limit', 'maxNodes'] as const) {
    if (field in saved) {
      query[field] = countOf(saved[field]);
    }
  }
  if (typeof saved.queryType !== 'string' || saved.queryType === '') {
    delete query.queryType;
  }
  // Blanks count while a text is being written.
  if ('flameql' in saved && typeof saved.flameql !== 'string') {
    delete query.flameql;
  }
  if ('baseline' in saved && (typeof saved.baseline !== 'object' || saved.baseline === null)) {
    delete query.baseline;
  }
  return query;
}

/** Ids typed into one text: core's editor stores what was typed, commas and all. Templates stay in one piece. */
export function splitIds(text: string): string[] {
  return text.includes('$') ? [text] : text.split(/[\s,]+/).filter((id) => id !== '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function textsOf(value: unknown): string[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.map(textOf).filter((text) => text !== '');
}

/** Core's editor writes 0 for an empty field; old dashboards hold numbers as text. */
function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

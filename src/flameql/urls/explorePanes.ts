import { formatDraft } from '../format';
import { parseDraft } from '../parse';
import { formatInstant } from '../syntax/instant';
import { legacyTime } from './legacyTime';

/** The first query about profiles in the panes of Grafana's Explore, with the pane's range. */
export function queryOfExplore(panes: string): string | undefined {
  for (const { queries, range } of readPanes(panes)) {
    for (const query of queries) {
      const text = textOf(query);
      const parsed = text === undefined ? undefined : parseDraft(text);
      if (parsed?.ok) {
        const { left, ...rest } = parsed.query;
        return formatDraft({ ...rest, left: { ...left, time: left.time ?? timeOf(range) } });
      }
    }
  }
  return undefined;
}

interface Pane {
  queries: Array<Record<string, unknown>>;
  range: Record<string, unknown>;
}

function readPanes(panes: string): Pane[] {
  try {
    const read: unknown = JSON.parse(panes);
    return Object.values(asObject(read)).map((pane) => {
      const { queries, range } = asObject(pane);
      return { queries: Array.isArray(queries) ? queries.map(asObject) : [], range: asObject(range) };
    });
  } catch {
    return [];
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A query as text, whether it was saved as text or by core's fields. */
function textOf({ flameql, profileTypeId, labelSelector, groupBy }: Record<string, unknown>): string | undefined {
  if (typeof flameql === 'string' && flameql !== '') {
    return flameql;
  }
  if (typeof profileTypeId !== 'string' || typeof labelSelector !== 'string') {
    return undefined;
  }
  const selected = parseDraft(labelSelector || '{}');
  const labels = Array.isArray(groupBy) ? groupBy.filter((label) => typeof label === 'string' && label !== '') : [];
  return selected.ok
    ? formatDraft({
        left: { ...selected.query.left, ...(profileTypeId !== '' && { type: profileTypeId }) },
        ...(labels.length > 0 && { by: labels }),
      })
    : undefined;
}

/** Milliseconds since the epoch as text or number, or now-1h. */
function timeOf({ from, to }: Record<string, unknown>) {
  const [start, end] = [from, to].map((time) => {
    const ms = Number(time);
    return Number.isInteger(ms) && ms > 0 ? formatInstant({ ms }) : legacyTime(String(time));
  });
  return start && end ? { from: start, to: end } : undefined;
}

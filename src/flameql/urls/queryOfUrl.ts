import type { Draft, DraftOperand, DraftTime } from '../draft';
import { formatDraft } from '../format';
import { withoutInherited } from '../inheritance';
import { parseDraft } from '../parse';
import { MAX_TEXT_LENGTH } from '../syntax/limits';
import { queryOfExplore } from './explorePanes';
import { legacyTime } from './legacyTime';

/** Paths of Pyroscope's own pages and of its HTTP API, at the end of whatever prefix a server has. */
const PAGES = /(?:^|\/)(?:render|render-diff|explore|comparison|comparison-diff|diff|single|)$/;

/**
 * The query that a URL asks for, as text: Pyroscope's /render?query=…&from=…&until=…, its pages and its diffs (whose left
 * side is the baseline), and Grafana's /explore?panes=…. Undefined for what is no such URL.
 */
export function queryOfUrl(pasted: string): string | undefined {
  const url = readUrl(pasted.trim());
  if (!url) {
    return undefined;
  }
  const panes = url.searchParams.get('panes');
  if (panes !== null) {
    return queryOfExplore(panes);
  }
  return PAGES.test(url.pathname) ? queryOfPyroscope(url.searchParams) : undefined;
}

/** A whole URL, or one without its server; a query text is none. */
function readUrl(text: string): URL | undefined {
  if (text.length > MAX_TEXT_LENGTH || !/^(?:https?:\/\/[^\s]+|\/[^\s]*)\?[^\s]*$/.test(text)) {
    return undefined;
  }
  try {
    return new URL(text, 'http://server');
  } catch {
    return undefined;
  }
}

function queryOfPyroscope(params: URLSearchParams): string | undefined {
  const [left, right] = [sideOf(params, 'left'), sideOf(params, 'right')];
  if (left && right) {
    // Pyroscope shows the baseline on the left; FlameQL names what is looked at first.
    return writeQuery({ left: right, right: withoutInherited(left, right) }, params);
  }
  const only = sideOf(params, '');
  return only ? writeQuery({ left: only }, params) : params.get('query') || undefined;
}

function sideOf(params: URLSearchParams, side: 'left' | 'right' | ''): DraftOperand | undefined {
  const named = (name: string) => params.get(side === '' ? name.toLowerCase() : side + name);
  const text = named('Query') || params.get('query');
  const [from, until] = [named('From'), named('Until')];
  if (!text || (side !== '' && !named('Query') && !from)) {
    return undefined;
  }
  const parsed = parseDraft(text);
  if (!parsed.ok || parsed.query.right) {
    return undefined;
  }
  const time = timeOf(from ?? params.get('from'), until ?? params.get('until'));
  return { ...parsed.query.left, ...(time && { time }) };
}

function timeOf(from: string | null, until: string | null): DraftTime | undefined {
  if (!from) {
    return undefined;
  }
  const [start, end] = [legacyTime(from), legacyTime(until || 'now')];
  return start && end ? { from: start, to: end } : undefined;
}

/** Puts in what besides the operands is in a URL, where it says something. */
function writeQuery(draft: Draft, params: URLSearchParams): string {
  const labels = params.getAll('groupBy').filter((label) => label !== '');
  const nodes = params.get('max-nodes') ?? params.get('maxNodes') ?? '';
  return formatDraft({
    ...draft,
    ...(labels.length > 0 && { by: labels }),
    ...(/^[1-9]\d*$/.test(nodes) && { nodes }),
  });
}

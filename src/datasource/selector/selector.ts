import type { DraftMatcher } from '../../flameql/draft';
import { parseDraft } from '../../flameql/parse';
import { errorMessage } from '../../flameql/syntax/queryError';
import { doubleQuote } from '../../flameql/syntax/strings';
import { EVERYTHING } from '../migrate';

/** The label by which a server keeps a profile's type. */
const TYPE_LABEL = '__profile_type__';

/** A name that the server reads without quotes around it, or a variable in its place. */
const BARE_LABEL = /^(?:[a-zA-Z_][a-zA-Z0-9_]*|\$\w+|\$\{[^{}]+\})$/;

export type ReadSelector = { matchers: DraftMatcher[] } | { fault: string };

/** Takes a label selector apart; variables may stand in it. What is more than a selector cannot be shown as filters. */
export function readSelector(text: string): ReadSelector {
  const parsed = parseDraft(text.trim() || EVERYTHING);
  if (!parsed.ok) {
    return { fault: errorMessage(parsed.error) };
  }
  const { left, ...beyond } = parsed.query;
  // The language takes the type out of the braces; in a selector it is a matcher like any other.
  const type: DraftMatcher[] = left.type === undefined ? [] : [{ label: TYPE_LABEL, op: '=', value: left.type }];
  const isSelector = text.trim().startsWith('{') && left.time === undefined && Object.keys(beyond).length === 0;
  return isSelector || text.trim() === '' ? { matchers: [...type, ...(left.matchers ?? [])] } : { fault: '' };
}

/** Writes matchers as a server reads them: names that are no plain words in quotes, values always. */
export function writeSelector(matchers: readonly DraftMatcher[]): string {
  return `{${matchers.map(writeMatcher).join(', ')}}`;
}

function writeMatcher(matcher: DraftMatcher): string {
  if ('variable' in matcher) {
    return matcher.variable;
  }
  const label = BARE_LABEL.test(matcher.label) ? matcher.label : doubleQuote(matcher.label);
  return `${label}${matcher.op}${doubleQuote(matcher.value)}`;
}

/**
 * The selector of what is already chosen, for questions about what else there is: the type as a matcher, and without
 * the matchers on one label, whose other values are asked for. A text that cannot be read narrows by the type only.
 */
export function scopeOf(labelSelector: string, profileTypeId: string, without?: string): string {
  const read = readSelector(labelSelector);
  const matchers = 'matchers' in read ? read.matchers : [];
  return writeSelector([
    ...(profileTypeId === '' ? [] : [{ label: TYPE_LABEL, op: '=' as const, value: profileTypeId }]),
    ...matchers.filter((matcher) => 'op' in matcher && matcher.label !== without && matcher.label !== TYPE_LABEL),
  ]);
}

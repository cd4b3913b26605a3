import type { AdHocVariableFilter } from '@grafana/data';
import { t } from '@grafana/i18n';

import { RAW } from '../../flamegraph/raw';
import type { DraftMatcher, DraftOperand } from '../../flameql/draft';
import { formatDraft } from '../../flameql/format';
import { parseDraft } from '../../flameql/parse';
import type { MatchOp, Matcher } from '../../flameql/query';
import { anyOf } from '../../flameql/syntax/regexText';
import { isText } from '../draft/draftOfQuery';
import type { ProfilesQuery } from '../query';
import { readSelector, writeSelector } from '../selector/selector';

const OPERATORS: Record<string, MatchOp> = { '=': '=', '!=': '!=', '=~': '=~', '!~': '!~' };
/** Grafana's "one of" and "none of", with their values in a list. */
const LISTS: Record<string, MatchOp> = { '=|': '=~', '!=|': '!~' };

/** A dashboard's filters as matchers. A filter that is not finished yet, without a label, is none. */
export function matchersOf(filters: readonly AdHocVariableFilter[] = []): Matcher[] {
  return filters.flatMap(({ key, operator, value, values }) => {
    const op = OPERATORS[operator];
    const list = LISTS[operator];
    if (key === '' || (!op && !list)) {
      return [];
    }
    return [op ? { label: key, op, value } : { label: key, op: list, value: anyOf(values ?? [value]) }];
  });
}

/** A sentence about the first filter that profiles cannot be filtered by; undefined if there is none. */
export function filterFault(filters: readonly AdHocVariableFilter[] = []): string | undefined {
  const refused = filters.find(({ key, operator }) => key !== '' && !OPERATORS[operator] && !LISTS[operator]);
  return (
    refused &&
    t(
      'datasource.ad-hoc.operator',
      'Labels of profiles cannot be compared by {{operator}}. Change the filter on {{label}}.',
      { operator: refused.operator, label: refused.key, ...RAW }
    )
  );
}

/** The query, kept to what the filters let through on both of its sides. A text that cannot be read stays as it is. */
export function withFilters(query: ProfilesQuery, filters: readonly AdHocVariableFilter[] = []): ProfilesQuery {
  const matchers = matchersOf(filters);
  if (matchers.length === 0) {
    return query;
  }
  if (isText(query)) {
    return { ...query, flameql: filteredText(query.flameql ?? '', matchers) };
  }
  const { labelSelector, baseline } = query;
  return {
    ...query,
    labelSelector: filteredSelector(labelSelector, matchers),
    ...(baseline?.labelSelector && {
      baseline: { ...baseline, labelSelector: filteredSelector(baseline.labelSelector, matchers) },
    }),
  };
}

function filteredSelector(selector: string, matchers: readonly Matcher[]): string {
  const read = readSelector(selector);
  return 'matchers' in read ? writeSelector([...read.matchers, ...matchers]) : selector;
}

function filteredText(text: string, matchers: readonly Matcher[]): string {
  const parsed = parseDraft(text);
  if (!parsed.ok) {
    return text;
  }
  const { left, right, ...clauses } = parsed.query;
  // The right side inherits a filter, unless it has conditions of its own on that label.
  const own = matchers.filter(({ label }) =>
    right?.matchers?.some((other) => 'label' in other && other.label === label)
  );
  return formatDraft({ left: and(left, matchers), ...(right && { right: and(right, own) }), ...clauses });
}

function and(operand: DraftOperand, matchers: readonly DraftMatcher[]): DraftOperand {
  return { ...operand, matchers: [...(operand.matchers ?? []), ...matchers] };
}

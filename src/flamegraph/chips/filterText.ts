import { t } from '@grafana/i18n';

import type { Filter } from '../state/flameGraphState';
import { shareText } from '../facts/shareText';
import { RAW } from '../raw';

export type PatternFilter = Extract<Filter, { text: string }>;

export function isPatternFilter(filter: Filter): filter is PatternFilter {
  return 'text' in filter;
}

/** What a filter does, in few words. */
export function filterKindText(filter: Filter): string {
  switch (filter.kind) {
    case 'focus':
      return t('flamegraph.filter.focus', 'Only with');
    case 'ignore':
      return t('flamegraph.filter.ignore', 'Without');
    case 'hide':
      return t('flamegraph.filter.hide', 'Hidden');
    case 'packages':
      return t('flamegraph.filter.packages', 'Packages collapsed');
    case 'recursion':
      return t('flamegraph.filter.recursion', 'Recursion collapsed');
    case 'small':
      return t('flamegraph.filter.small', 'Below {{share}} collapsed', { share: shareText(filter.share), ...RAW });
  }
}

/** What a filter is about: a name, a pattern, or nothing more than its kind. */
export function filterSubject(filter: Filter): string {
  if (!isPatternFilter(filter)) {
    return '';
  }
  return filter.regex ? (exactName(filter.text) ?? `/${filter.text}/`) : filter.text;
}

/** A pattern that matches one name only is shown as that name. */
function exactName(pattern: string): string | undefined {
  const inner = /^\^(.*)\$$/s.exec(pattern)?.[1];
  if (inner === undefined || /(^|[^\\])[.*+?^${}()|[\]]/.test(inner)) {
    return undefined;
  }
  return inner.replace(/\\(.)/g, '$1');
}

import { SERVICE_LABEL } from '../../datasource/editor/useFirstChoice';
import { readProfileType, firstChoice } from '../../datasource/profileTypes/profileType';
import { describeProfileType } from '../../datasource/profileTypes/wording';
import { readSelector, writeSelector } from '../../datasource/selector/selector';
import type { DraftMatcher } from '../../flameql/draft';

/** What a screen looks at: profiles of one service and type, narrowed by filters. */
export interface ProfileSelection {
  /** Undefined while none is chosen; '' for any. */
  service?: string;
  profileTypeId?: string;
  /** Selector with braces of what is kept besides the service; '' and '{}' keep everything. */
  filters: string;
}

/** The filters of a selection as matchers, or why they cannot be read. */
export function matchersOf({ filters }: ProfileSelection): { matchers: DraftMatcher[]; fault?: string } {
  const read = readSelector(filters);
  return 'fault' in read ? { matchers: [], fault: read.fault } : read;
}

/** The selector of a query: the service and the filters. Filters that cannot be read keep everything. */
export function labelSelectorOf(selection: ProfileSelection): string {
  const { service } = selection;
  const serviceMatcher: DraftMatcher[] = service ? [{ label: SERVICE_LABEL, op: '=', value: service }] : [];
  return writeSelector([...serviceMatcher, ...matchersOf(selection).matchers]);
}

/**
 * The selection that a whole selector makes: its service, if it names just one, and the rest as filters. A selector that
 * cannot be read becomes filters, whose fault can be shown.
 */
export function selectionOf(labelSelector: string): Required<Pick<ProfileSelection, 'service' | 'filters'>> {
  const { matchers, fault } = matchersOf({ filters: labelSelector });
  if (fault !== undefined) {
    return { service: '', filters: labelSelector };
  }
  const named = matchers.flatMap((matcher) =>
    'op' in matcher && matcher.label === SERVICE_LABEL && matcher.op === '=' ? [matcher] : []
  );
  const [service] = named.length === 1 ? named : [];
  return {
    service: service?.value ?? '',
    filters: filtersOf(matchers.filter((matcher) => matcher !== service)),
  };
}

/** Filters as they stand in a URL: nothing for none. */
export function filtersOf(matchers: readonly DraftMatcher[]): string {
  return matchers.length === 0 ? '' : writeSelector(matchers);
}

/**
 * The type to show for another service: the same if it sends that, else one that measures the same thing by the same
 * unit, else the most telling. A service whose types are not known keeps the type.
 */
export function typeFor(sent: readonly string[] | undefined, current: string | undefined): string | undefined {
  if (sent === undefined || (current !== undefined && sent.includes(current))) {
    return current;
  }
  const alike = current === undefined ? undefined : sent.find((id) => isAlike(id, current));
  return alike ?? firstChoice(sent) ?? current;
}

function isAlike(a: string, b: string): boolean {
  return (
    describeProfileType(a).title === describeProfileType(b).title &&
    readProfileType(a).sampleUnit === readProfileType(b).sampleUnit
  );
}

import type { Span } from '../../datasource/resources/span';
import type { ComparedSide } from '../../links/appUrl';
import type { Deploy } from '../resources/deploys';
import { filtersOf, labelSelectorOf, matchersOf, type ProfileSelection } from '../selection/profileSelection';

/** How far back a deploy is looked for. */
const LOOK_BACK = 24 * 3600 * 1000;

/** Where the deploy may lie that made what a range shows. */
export function deployedWithin({ start, end }: Span): Span {
  return { start: start - LOOK_BACK, end };
}

/**
 * The sides of the comparison of a version with the one before it: the version since it was deployed, or all of the
 * range if that was earlier, and the one before for as long up to the deploy. Undefined where no deploy is known. With a
 * version selected, the deploy of that one counts.
 */
export function previousVersion(
  selection: ProfileSelection,
  { start, end }: Span,
  deploys: Deploy[]
): { baseline: ComparedSide; comparison: ComparedSide } | undefined {
  const { matchers } = matchersOf(selection);
  const selected = (label: string) =>
    matchers.flatMap((matcher) =>
      'op' in matcher && matcher.label === label && matcher.op === '=' ? [matcher.value] : []
    )[0];
  const last = deploys.filter(({ label, version, at }) => at < end && (selected(label) ?? version) === version).at(-1);
  if (!last) {
    return undefined;
  }
  const { label, service, at } = last;
  const others = matchers.filter((matcher) => !('op' in matcher) || matcher.label !== label);
  const of = (version: string) =>
    labelSelectorOf({ service, filters: filtersOf([...others, { label, op: '=', value: version }]) });
  const since = Math.max(start, at);
  return {
    comparison: { selector: of(last.version), range: { from: since, to: end } },
    baseline: { selector: of(last.before), range: { from: at - (end - since), to: at } },
  };
}

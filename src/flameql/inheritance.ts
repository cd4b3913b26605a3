import type { DraftMatcher, DraftOperand } from './draft';

/** What the right operand selects, with what it inherits: type and matchers, but no time. */
export function inherit(left: DraftOperand, right: DraftOperand): DraftOperand {
  const own = right.matchers ?? [];
  const isReplaced = (matcher: DraftMatcher) => 'label' in matcher && on(matcher.label, own).length > 0;
  return {
    type: right.type ?? left.type,
    matchers: [...(left.matchers ?? []).filter((matcher) => !isReplaced(matcher)), ...own],
  };
}

/**
 * The right operand that, with what it inherits from the left, selects just the matchers of `full`. A condition that
 * only the left has is dropped by one that everything fits. Undefined when a variable stands for conditions that the
 * left alone has: those cannot be dropped.
 */
export function withoutInherited(full: DraftOperand, left: DraftOperand): DraftOperand | undefined {
  const [wanted, given] = [full.matchers ?? [], left.matchers ?? []];
  if (given.some((matcher) => 'variable' in matcher && !includes(wanted, matcher))) {
    return undefined;
  }
  const labels = new Set([...given, ...wanted].flatMap((matcher) => ('label' in matcher ? [matcher.label] : [])));
  const own = [...labels].flatMap((label): DraftMatcher[] => {
    const [mine, theirs] = [on(label, wanted), on(label, given)];
    const isInherited = mine.length === theirs.length && mine.every((matcher) => includes(theirs, matcher));
    return isInherited ? [] : mine.length > 0 ? mine : [{ label, op: '=~', value: '.*' }];
  });
  const variables = wanted.filter((matcher) => 'variable' in matcher && !includes(given, matcher));
  return {
    ...(full.type !== undefined && full.type !== left.type && { type: full.type }),
    ...(own.length + variables.length > 0 && { matchers: [...own, ...variables] }),
    ...(full.time && { time: full.time }),
  };
}

function on(label: string, matchers: readonly DraftMatcher[]): DraftMatcher[] {
  return matchers.filter((matcher) => 'label' in matcher && matcher.label === label);
}

function includes(matchers: readonly DraftMatcher[], wanted: DraftMatcher): boolean {
  return matchers.some((matcher) =>
    'variable' in matcher
      ? 'variable' in wanted && matcher.variable === wanted.variable
      : 'label' in wanted &&
        matcher.label === wanted.label &&
        matcher.op === wanted.op &&
        matcher.value === wanted.value
  );
}

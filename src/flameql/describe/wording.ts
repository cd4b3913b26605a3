/** The words of one language, put together by `describe`. Values, labels and patterns come as they are written. */
export interface Wording {
  chosenType: string;
  /** Follows the type: ' of profiles where …'. */
  of: (selection: string) => string;
  allProfiles: string;
  profilesWhere: (conditions: string) => string;
  /** Follows 'the same': conditions that the other side does not have. */
  with: (conditions: string) => string;
  is: (label: string, value: string, negated: boolean) => string;
  isOneOf: (label: string, values: readonly string[], negated: boolean) => string;
  isOneOfMany: (label: string, count: number, negated: boolean) => string;
  matches: (label: string, pattern: string, negated: boolean) => string;
  /** A variable that stands for whole conditions. */
  fits: (variable: string) => string;
  and: (parts: readonly string[]) => string;
  earlier: (duration: string) => string;
  between: (from: string, to: string) => string;
  now: string;
  ago: (duration: string) => string;
  count: (count: number, unit: 'week' | 'day' | 'hour' | 'minute' | 'second') => string;
  comparedWith: (baseline: string, normalise: string | undefined) => string;
  theSame: string;
  /** A baseline that differs in nothing. */
  itself: string;
  /** A baseline that differs in nothing from what ids were chosen of. */
  normal: string;
  by: (labels: string) => string;
  function: (pattern: string) => string;
  focus: (pattern: string) => string;
  hide: (pattern: string) => string;
  ids: (kind: 'span' | 'trace' | 'profile', id: string | number) => string;
  nodes: (count: string) => string;
  limit: (count: string) => string;
  unusedNormalise: string;
  variable: (variable: string) => string;
}

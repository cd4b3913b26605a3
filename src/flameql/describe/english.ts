import type { Wording } from './wording';

const MODES: Record<string, string> = {
  share: 'by share of each side',
  instance: 'per instance',
  rate: 'per unit of time',
  none: 'by totals as they are',
};

const not = (negated: boolean) => (negated ? ' not' : '');
const quoted = (text: string) => `"${text}"`;

function listed(parts: readonly string[], word: string): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${word} ${parts[parts.length - 1]}`;
}

export const ENGLISH: Wording = {
  chosenType: 'the chosen profile type',
  of: (selection) => ` of ${selection}`,
  allProfiles: 'all profiles',
  profilesWhere: (conditions) => `profiles where ${conditions}`,
  with: (conditions) => `where ${conditions}`,
  is: (label, value, negated) => `${label} is${not(negated)} ${value === '' ? 'empty' : quoted(value)}`,
  isOneOf: (label, values, negated) => `${label} is${not(negated)} ${listed(values.map(quoted), 'or')}`,
  isOneOfMany: (label, count, negated) => `${label} is${not(negated)} one of ${count} values`,
  matches: (label, pattern, negated) => `${label} ${negated ? 'does not match' : 'matches'} ${pattern}`,
  fits: (variable) => `${variable} fits`,
  and: (parts) => listed(parts, 'and'),
  earlier: (duration) => `${duration} earlier`,
  between: (from, to) => `from ${from} to ${to}`,
  now: 'now',
  ago: (duration) => `${duration} ago`,
  count: (count, unit) => `${count} ${unit}${count === 1 ? '' : 's'}`,
  comparedWith: (baseline, normalise) =>
    `compared with ${baseline}, ${MODES[normalise ?? 'share'] ?? `normalised by ${normalise}`}`,
  theSame: 'the same',
  itself: 'itself',
  normal: 'all of the same',
  by: (labels) => `one series for each ${labels}`,
  function: (pattern) => `only call paths through functions that match ${pattern}`,
  focus: (pattern) => `only stacks with a function that matches ${pattern}`,
  hide: (pattern) => `without functions that match ${pattern}`,
  ids: (kind, id) => (typeof id === 'string' ? `only of ${kind} ${id}` : `only of ${id} ${kind}s`),
  nodes: (count) => `at most ${count} nodes of the flame graph`,
  limit: (count) => `at most ${count} series or functions`,
  unusedNormalise: 'normalised without effect, because nothing is compared',
  variable: (variable) => `and what ${variable} says`,
};

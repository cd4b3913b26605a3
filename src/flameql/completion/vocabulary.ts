import { CLAUSE_KEYWORDS, type ClauseKeyword, NORMALISATIONS, type Normalisation } from '../syntax/words';
import type { CompletionItem, ItemKind } from './complete';

export const OPERATORS = items('operator', [
  ['=', 'is'],
  ['!=', 'is not'],
  ['=~', 'matches'],
  ['!~', 'does not match'],
]);

export const INSTANTS = items('instant', [
  ['now', 'the time of evaluation'],
  ['now-15m'],
  ['now-1h'],
  ['now-6h'],
  ['now-1d'],
  ['now-1w'],
  [`now-30d`],
]);

export const COUNTS = items('count', [['10'], ['20'], ['50'], ['100']]);

const MODES: Record<Normalisation, string> = {
  share: 'each side as shares of its total',
  instance: 'per instance',
  rate: 'per unit of time',
  none: 'totals as they are',
};

export const NORMALISATION_MEANINGS = items(
  'mode',
  NORMALISATIONS.map((mode) => [mode, MODES[mode]])
);

/** What is written behind a clause's keyword; the caret goes behind it. */
const CLAUSES: Record<ClauseKeyword, readonly [insert: string, detail: string]> = {
  by: ['by (', 'one series per value of a label'],
  function: ['function ', 'only call paths through functions that match'],
  focus: ['focus ', 'only stacks with a function that matches'],
  hide: ['hide ', 'leave out functions that match'],
  span: ['span (', 'only samples of these spans'],
  trace: ['trace (', 'only samples of these traces'],
  profile: ['profile (', 'only these profiles'],
  nodes: ['nodes ', 'how many nodes of the tree to ask for'],
  limit: ['limit ', 'how many series or functions'],
  normalise: ['normalise ', 'how the sides are made comparable'],
};

export const CLAUSE_SNIPPETS: readonly CompletionItem[] = CLAUSE_KEYWORDS.map((label) => {
  const [insert, detail] = CLAUSES[label];
  return { kind: 'keyword', label, insert, detail };
});

const DURATIONS = ['5m', '15m', '30m', '1h', '6h', '12h', '1d', '1w', '4w'];
const UNITS: ReadonlyArray<readonly [unit: string, name: string]> = [
  ['s', 'seconds'],
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
  ['w', 'weeks'],
];

/** Common durations, or the number that has been typed in every unit. */
export function durationsFor(typed: string): CompletionItem[] {
  return /^[0-9]+$/.test(typed)
    ? items(
        'duration',
        UNITS.map(([unit, name]) => [typed + unit, `${typed} ${name}`])
      )
    : items(
        'duration',
        DURATIONS.map((duration) => [duration])
      );
}

function items(kind: ItemKind, words: ReadonlyArray<readonly [label: string, detail?: string]>): CompletionItem[] {
  return words.map(([label, detail]) => ({ kind, label, insert: label, ...(detail && { detail }) }));
}

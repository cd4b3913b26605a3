import { formatLabel, formatType } from '../format';
import { readSafely } from '../reading';
import { ALIASES, matchesPattern } from '../profileTypes/aliases';
import { escapeRegex } from '../syntax/regexText';
import { isClosed, quote, unquote } from '../syntax/strings';
import { isWordOrVariable } from '../syntax/words';
import { placeAt, type Place } from './place';
import type { CompletionSources } from './sources';
import { CLAUSE_SNIPPETS, COUNTS, INSTANTS, durationsFor, NORMALISATION_MEANINGS, OPERATORS } from './vocabulary';

export type ItemKind =
  | 'alias'
  | 'type'
  | 'label'
  | 'operator'
  | 'value'
  | 'function'
  | 'keyword'
  | 'duration'
  | 'instant'
  | 'count'
  | 'mode'
  | 'variable';

export interface CompletionItem {
  kind: ItemKind;
  /** What is shown, and matched with what has been typed. */
  label: string;
  /** The text that replaces the range. */
  insert: string;
  detail?: string;
}

export interface Completion {
  /** The range that an item replaces. */
  from: number;
  to: number;
  /** Where the typed text begins that items are matched with: behind the quote of a string. */
  typedFrom: number;
  items: CompletionItem[];
  /** Whether they hold while a word goes on: all that can stand here are among them, whatever is typed. */
  isWhole: boolean;
}

/** Lists of values are cut here after they were matched with what has been typed. */
const MOST_ITEMS = 500;

/** What can be written at the caret; undefined where nothing is known. Fails when a source does. */
export async function complete(
  text: string,
  caret: number,
  sources: CompletionSources,
  signal: AbortSignal
): Promise<Completion | undefined> {
  const place = placeAt(text, caret);
  const { token } = place;
  const isString = token?.kind === 'string';
  const from = token?.from ?? caret;
  const typedFrom = isString ? from + 1 : from;
  const items = await itemsFor(place, text.slice(typedFrom, caret), sources, signal);
  if (items.length === 0 || signal.aborted) {
    return undefined;
  }
  // A string that is not closed goes to the end of its line: what follows the caret is not part of it.
  const to = isString && !isClosed(token.text) ? caret : Math.max(token?.to ?? caret, caret);
  const isWhole = items.length < MOST_ITEMS && !place.expected.has('duration');
  return { from, to, typedFrom: alternativeStart(place, text, typedFrom, caret), items, isWhole };
}

async function itemsFor(
  place: Place,
  typed: string,
  sources: CompletionSources,
  signal: AbortSignal
): Promise<CompletionItem[]> {
  const lists = await Promise.all([
    typeItems(place, sources, signal),
    labelItems(place, sources, signal),
    valueItems(place, typed, sources, signal),
    functionItems(place, sources, signal),
  ]);
  const asked = lists.flat();
  const typedPart = typed.slice(typed.lastIndexOf('|') + 1).toLowerCase();
  const cut =
    asked.length > MOST_ITEMS
      ? asked.filter(({ label }) => label.toLowerCase().includes(typedPart)).slice(0, MOST_ITEMS)
      : asked;
  return [...cut, ...wordItems(place, typed), ...variableItems(place, sources)];
}

async function typeItems({ expected, scope }: Place, sources: CompletionSources, signal: AbortSignal) {
  if (!expected.has('type')) {
    return [];
  }
  const types = await sources.types({ matchers: scope.matchers }, signal);
  const aliases = [...ALIASES].flatMap(([alias, patterns]): CompletionItem[] => {
    const meant = patterns.map((pattern) => types.find((id) => matchesPattern(id, pattern))).find(Boolean);
    return meant === undefined ? [] : [{ kind: 'alias', label: alias, insert: alias, detail: meant }];
  });
  return [...aliases, ...types.map((id) => item('type', id, formatType(id)))];
}

async function labelItems({ expected, scope }: Place, sources: CompletionSources, signal: AbortSignal) {
  if (!expected.has('label')) {
    return [];
  }
  const labels = await sources.labels(scope, signal);
  return labels.map((label) => item('label', label, formatLabel(label)));
}

async function valueItems(place: Place, typed: string, sources: CompletionSources, signal: AbortSignal) {
  if (!place.expected.has('value') || !place.label) {
    return [];
  }
  const { name, op } = place.label;
  const values = await sources.values(name, place.scope, signal);
  if (op === '=' || op === '!=') {
    return values.map((value) => item('value', value, quote(value)));
  }
  const others = alternativesBefore(place, typed);
  if (others === undefined) {
    return [];
  }
  return values.map((value) => item('value', value, quote(others + escapeRegex(value))));
}

async function functionItems({ expected, scope }: Place, sources: CompletionSources, signal: AbortSignal) {
  if (!expected.has('pattern')) {
    return [];
  }
  const names = await sources.functions(scope, signal);
  return names.map((name) => item('function', name, quote(`^${escapeRegex(name)}$`)));
}

function wordItems({ expected, token, clauses }: Place, typed: string): CompletionItem[] {
  if (token?.kind === 'string') {
    return [];
  }
  return [
    ...(expected.has('operator') ? OPERATORS : []),
    ...(expected.has('duration') ? durationsFor(typed) : []),
    ...(expected.has('instant') ? INSTANTS : []),
    ...(expected.has('count') ? COUNTS : []),
    ...(expected.has('normalisation') ? NORMALISATION_MEANINGS : []),
    ...(expected.has('time')
      ? [item('keyword', 'offset', 'offset '), item('keyword', '@[from, to]', '@[now-1h, now]')]
      : []),
    ...(expected.has('vs') ? [item('keyword', 'vs', 'vs ')] : []),
    ...(expected.has('clause') ? CLAUSE_SNIPPETS.filter(({ label }) => !clauses.has(label)) : []),
  ];
}

/** Variables stand for words and for whole values. */
function variableItems({ expected, token }: Place, sources: CompletionSources): CompletionItem[] {
  const takesWord = ['type', 'label', 'duration', 'instant', 'count'] as const;
  const takesText = ['value', 'pattern', 'id'] as const;
  const isText = takesText.some((expectation) => expected.has(expectation));
  if (!isText && (token?.kind === 'string' || !takesWord.some((expectation) => expected.has(expectation)))) {
    return [];
  }
  return (sources.variables?.() ?? [])
    .filter(isWordOrVariable)
    .map((variable) => item('variable', variable, isText ? quote(variable) : variable));
}

/** Of a regular expression that is being written: a|b|, up to the last bar. Undefined when it cannot be read. */
function alternativesBefore({ token }: Place, typed: string): string | undefined {
  const bar = typed.lastIndexOf('|');
  if (bar < 0 || token?.kind !== 'string') {
    return '';
  }
  const mark = token.text.charAt(0);
  return readSafely(() => unquote({ ...token, text: mark + typed.slice(0, bar + 1) + mark }));
}

function alternativeStart({ label }: Place, text: string, typedFrom: number, caret: number): number {
  const isRegex = label?.op === '=~' || label?.op === '!~';
  return isRegex ? typedFrom + text.slice(typedFrom, caret).lastIndexOf('|') + 1 : typedFrom;
}

function item(kind: ItemKind, label: string, insert: string): CompletionItem {
  return { kind, label, insert };
}

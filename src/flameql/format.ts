import type { Draft, DraftMatcher, DraftOperand, DraftTime } from './draft';
import type { Operand, Query, Time } from './query';
import { formatDuration } from './syntax/duration';
import { formatInstant } from './syntax/instant';
import { isBareType } from './syntax/profileType';
import { quote } from './syntax/strings';
import { isWord, isWordOrVariable } from './syntax/words';

/** Whether a text can stand without quotes: in a draft, dashboard variables can. */
type IsBare = (text: string) => boolean;

/** The one canonical form of a query: on one line, clauses in fixed order, times in UTC; pkg/flameql/format.go has the same. */
export function format(query: Query): string {
  return write(toDraft(query), isWord);
}

/** Writes a draft. What its words say is not checked; a half-filled draft gives a text with an error in it. */
export function formatDraft(draft: Draft): string {
  return write(draft, isWordOrVariable);
}

function write(draft: Draft, isBare: IsBare): string {
  const ids = formatIds(draft);
  return [
    ...(ids.length === 0 || !selectsAll(draft.left) ? formatOperand(draft.left, isBare) : []),
    ...ids,
    ...(draft.right ? ['vs', ...formatOperand(draft.right, isBare)] : []),
    ...writeClauses(draft, isBare),
  ].join(' ');
}

/** The clauses, without operands. */
export function formatClauses(clauses: Omit<Draft, 'left' | 'right'>): string {
  return [...formatIds(clauses), ...writeClauses(clauses, isWordOrVariable)].join(' ');
}

/** Ids stand right behind what they choose from. */
function formatIds({ span, trace, profile }: Pick<Draft, 'span' | 'trace' | 'profile'>): string[] {
  return [
    ...formatList('span', span, quote),
    ...formatList('trace', trace, quote),
    ...formatList('profile', profile, quote),
  ];
}

function writeClauses(draft: Omit<Draft, 'left' | 'right'>, isBare: IsBare): string[] {
  return [
    ...formatList('by', draft.by, (label) => formatLabel(label, isBare)),
    ...formatPattern('function', draft.function),
    ...formatPattern('focus', draft.focus),
    ...formatPattern('hide', draft.hide),
    ...formatWord('nodes', draft.nodes),
    ...formatWord('limit', draft.limit),
    ...formatWord('normalise', draft.normalise),
    ...(draft.variables ?? []),
  ];
}

function selectsAll({ type, matchers = [], time }: DraftOperand): boolean {
  return !type && matchers.length === 0 && !time;
}

function formatOperand(operand: DraftOperand, isBare: IsBare): string[] {
  const { type, matchers = [], time } = operand;
  const braces = matchers.length > 0 || selectsAll(operand) ? formatMatchers(matchers, isBare) : '';
  const selector = (type ? formatType(type, isBare) : '') + braces;
  return [...(selector ? [selector] : []), ...formatTime(time)];
}

export function formatTime(time: DraftTime | undefined): string[] {
  if (!time) {
    return [];
  }
  return 'offset' in time ? ['offset', time.offset] : [`@[${time.from}, ${time.to}]`];
}

export function formatType(type: string, isBare: IsBare = isWord): string {
  return isBare(type) && isBareType(type) ? type : quote(type);
}

function formatMatchers(matchers: readonly DraftMatcher[], isBare: IsBare = isWord): string {
  const written = matchers.map((matcher) =>
    'variable' in matcher ? matcher.variable : formatLabel(matcher.label, isBare) + matcher.op + quote(matcher.value)
  );
  return `{${written.join(', ')}}`;
}

export function formatLabel(label: string, isBare: IsBare = isWord): string {
  return isBare(label) ? label : quote(label);
}

function formatList(keyword: string, items: string[] | undefined, formatItem: (item: string) => string): string[] {
  return items && items.length > 0 ? [keyword, `(${items.map(formatItem).join(', ')})`] : [];
}

function formatPattern(keyword: string, pattern: string | undefined): string[] {
  return pattern ? [keyword, quote(pattern)] : [];
}

function formatWord(keyword: string, word: string | undefined): string[] {
  return word ? [keyword, word] : [];
}

/** The query as the builder edits it. */
function toDraft(query: Query): Draft {
  const { left, right, nodes, limit, ...clauses } = query;
  return {
    ...clauses,
    left: toDraftOperand(left),
    ...(right && { right: toDraftOperand(right) }),
    ...(nodes !== undefined && { nodes: String(nodes) }),
    ...(limit !== undefined && { limit: String(limit) }),
  };
}

function toDraftOperand({ time, ...selection }: Operand): DraftOperand {
  return time ? { ...selection, time: toDraftTime(time) } : selection;
}

function toDraftTime(time: Time): DraftTime {
  return 'offsetMs' in time
    ? { offset: formatDuration(time.offsetMs) }
    : { from: formatInstant(time.from), to: formatInstant(time.to) };
}

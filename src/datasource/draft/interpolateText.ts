import type { Draft, DraftOperand, DraftTime } from '../../flameql/draft';
import { formatDraft, formatType } from '../../flameql/format';
import { parseDraft } from '../../flameql/parse';
import { parseTree } from '../../flameql/syntax/tree';
import { splitIds } from '../migrate';
import { ABSENT_SPAN, fillMatchers, fillPattern, SPAN_PATH } from '../selector/interpolate';
import { type FillIn, VARIABLE } from '../templates';

export interface FilledText {
  text: string;
  /** A condition on a span was left out, because the span does not have what it names. */
  lacksSpan: boolean;
}

/**
 * Fills variables into a query text. A variable in the place of a type or of a clause may hold more than that, even a
 * whole query, with variables of its own. Several values and 'All' mean in matchers what they mean in a selector; in
 * patterns they are alternatives, in lists members; a word that is filled with nothing is left out with its clause.
 * Undefined when the text is no query.
 */
export function interpolateText(written: string, fillIn: FillIn): FilledText | undefined {
  const text = insertTexts(written.replace(SPAN_PATH, ABSENT_SPAN), fillIn);
  const parsed = parseDraft(text);
  if (!parsed.ok) {
    return undefined;
  }
  const lacksSpan = (parsed.query.span ?? []).some((id) => isAbsent(id, fillIn));
  return { text: formatDraft(fillDraft(parsed.query, fillIn)), lacksSpan };
}

/** Where a variable stands for text of the query itself, not for a value. */
const TEXT_PLACES: ReadonlySet<string> = new Set(['Type', 'VariableClause']);

function insertTexts(text: string, fillIn: FillIn): string {
  const parts: string[] = [];
  let end = 0;
  parseTree(text).iterate({
    enter: ({ name, from, to }) => {
      if (TEXT_PLACES.has(name) && text.slice(from, to).match(VARIABLE)) {
        parts.push(text.slice(end, from), insertText(text.slice(from, to), name, fillIn));
        end = to;
      }
    },
  });
  return parts.join('') + text.slice(end);
}

function insertText(token: string, place: string, fillIn: FillIn): string {
  const filled = fillWord(token, fillIn);
  const isWhole = place === 'VariableClause' || parseDraft(filled).ok || filled === '';
  return isWhole || token.startsWith('"') ? filled : formatType(filled);
}

function fillDraft({ left, right, variables: _, ...clauses }: Draft, fillIn: FillIn): Draft {
  const word = (text: string | undefined) => (text === undefined ? undefined : fillWord(text, fillIn) || undefined);
  const pattern = (text: string | undefined) =>
    text === undefined ? undefined : fillPattern(text, fillIn) || undefined;
  const list = (texts: string[] | undefined) => {
    const filled = texts && [...new Set(texts.flatMap((text) => fillList(text, fillIn)))];
    return filled && filled.length > 0 ? filled : undefined;
  };
  return {
    left: fillOperand(left, fillIn),
    ...(right && { right: fillOperand(right, fillIn) }),
    by: list(clauses.by),
    function: pattern(clauses.function),
    focus: pattern(clauses.focus),
    hide: pattern(clauses.hide),
    span: list(clauses.span),
    trace: list(clauses.trace),
    profile: list(clauses.profile),
    nodes: word(clauses.nodes),
    limit: word(clauses.limit),
    normalise: word(clauses.normalise),
  };
}

function fillOperand({ type, matchers, time }: DraftOperand, fillIn: FillIn): DraftOperand {
  return { type, matchers: matchers && fillMatchers(matchers, fillIn), time: time && fillTime(time, fillIn) };
}

function fillTime(time: DraftTime, fillIn: FillIn): DraftTime | undefined {
  if ('offset' in time) {
    const offset = fillWord(time.offset, fillIn);
    return offset === '' ? undefined : { offset };
  }
  return { from: fillWord(time.from, fillIn), to: fillWord(time.to, fillIn) };
}

function fillWord(text: string, fillIn: FillIn): string {
  return text
    .replace(VARIABLE, (variable) => {
      const filling = fillIn(variable);
      return filling === 'unknown' ? variable : typeof filling === 'string' ? '' : filling.values.join(',');
    })
    .trim();
}

/** A member that stands for several, or for none. */
function fillList(text: string, fillIn: FillIn): string[] {
  return isAbsent(text, fillIn) ? [] : splitIds(fillWord(text, fillIn));
}

function isAbsent(text: string, fillIn: FillIn): boolean {
  return [...text.matchAll(VARIABLE)].some(([variable]) => fillIn(variable) === 'absent');
}

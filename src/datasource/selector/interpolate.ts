import type { DraftMatcher } from '../../flameql/draft';
import { isRegexOp, type MatchOp } from '../../flameql/query';
import { type FillIn, VARIABLE } from '../templates';
import { anyOf } from '../../flameql/syntax/regexText';
import { readSelector, writeSelector } from './selector';

/** A path into a span holds quotes of its own, which would end the value that it stands in. */
export const SPAN_PATH = /\$\{__(?:span|tags|trace)\b[^{}]*\}/g;
export const ABSENT_SPAN = '$__span';

/**
 * Fills variables into a selector. Several values in = or != become =~ or !~ with the values escaped; a condition on
 * all values, or on a part of a span that is not there, is left out. Undefined when the text is no selector.
 */
export function interpolateSelector(text: string, fillIn: FillIn): string | undefined {
  const read = readSelector(text.replace(SPAN_PATH, ABSENT_SPAN));
  if (!('matchers' in read)) {
    return undefined;
  }
  return writeSelector(fillMatchers(read.matchers, fillIn));
}

export function fillMatchers(matchers: readonly DraftMatcher[], fillIn: FillIn): DraftMatcher[] {
  return matchers.flatMap((matcher) =>
    'op' in matcher ? fillMatcher(matcher, fillIn) : fillWhole(matcher.variable, fillIn)
  );
}

/** Fills variables into a regular expression; undefined where it stands for all values or for nothing that is there. */
export function fillPattern(pattern: string, fillIn: FillIn): string | undefined {
  const [filled] = fillMatcher({ label: '', op: '=~', value: pattern }, fillIn);
  return filled?.value;
}

/** A variable may hold whole matchers: pod="a", namespace="b". */
function fillWhole(variable: string, fillIn: FillIn): DraftMatcher[] {
  const filling = fillIn(variable);
  if (typeof filling === 'string') {
    return filling === 'unknown' ? [{ variable }] : [];
  }
  const read = readSelector(`{${filling.values.join(', ')}}`);
  return 'matchers' in read ? read.matchers : [{ variable }];
}

type Condition = { label: string; op: MatchOp; value: string };

/** Part of a value: a text that stands for itself, or what a variable stands for. */
type Part = { text: string } | { values: string[]; listed: boolean } | 'all' | 'absent';

function fillMatcher({ label, op, value }: Condition, fillIn: FillIn): Condition[] {
  const name = label.replace(VARIABLE, (variable) => {
    const filling = fillIn(variable);
    return typeof filling === 'string' ? variable : (filling.values[0] ?? '');
  });
  const parts = partsOf(value, fillIn);
  if (parts.includes('absent') || (parts.length === 1 && parts[0] === 'all')) {
    return [];
  }
  const isList = parts.some(
    (part) => part === 'all' || (typeof part === 'object' && 'values' in part && part.values.length > 1)
  );
  if (!isRegexOp(op) && !isList) {
    return [{ label: name, op, value: parts.map(plainTextOf).join('') }];
  }
  const wasRegex = isRegexOp(op);
  return [
    {
      label: name,
      op: op === '=' ? '=~' : op === '!=' ? '!~' : op,
      value: parts.map((part) => expressionOf(part, wasRegex, parts.length === 1)).join(''),
    },
  ];
}

function partsOf(value: string, fillIn: FillIn): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: variable, index } of value.matchAll(VARIABLE)) {
    const filling = fillIn(variable);
    if (index > end) {
      parts.push({ text: value.slice(end, index) });
    }
    parts.push(filling === 'unknown' ? { text: variable } : filling);
    end = index + variable.length;
  }
  return end < value.length || parts.length === 0 ? [...parts, { text: value.slice(end) }] : parts;
}

function plainTextOf(part: Part): string {
  return typeof part === 'string' ? '' : 'text' in part ? part.text : (part.values[0] ?? '');
}

/** A part as an expression. What was written for an expression stays one; a value typed into a text box may be one. */
function expressionOf(part: Part, wasRegex: boolean, alone: boolean): string {
  if (typeof part === 'string') {
    return '.*';
  }
  if ('text' in part) {
    return wasRegex ? part.text : anyOf([part.text]);
  }
  if (wasRegex && !part.listed) {
    return part.values.join('|');
  }
  const expression = anyOf(part.values);
  return alone || part.values.length === 1 ? expression : `(${expression})`;
}

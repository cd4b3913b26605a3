import type { SyntaxNode } from '@lezer/common';

import type { DraftMatcher, DraftOperand, DraftTime } from './draft';
import type { MatchOp } from './query';
import { isComplete, isTemplated, tokenOf, tooMany, type Reading } from './reading';
import { readLabel } from './readClauses';
import { durationExpected, formatDuration, parseDuration } from './syntax/duration';
import { phrase } from './syntax/expectations';
import { formatInstant, instantHint, isBefore, parseInstant } from './syntax/instant';
import { MAX_MATCHERS } from './syntax/limits';
import { isFullType, readType } from './syntax/profileType';
import { Fault } from './syntax/queryError';
import { describeToken } from './syntax/tokens';

const SERVICE_LABEL = 'service_name';
const PROFILE_TYPE_LABEL = '__profile_type__';

/** Reads one operand as far as it goes; throws a Fault. */
export function readOperand(reading: Reading, node: SyntaxNode): DraftOperand {
  const operand: DraftOperand = {};
  const matchers: DraftMatcher[] = [];
  const type = node.getChild('Type');
  if (type && isComplete(type)) {
    const token = tokenOf(reading, type);
    const written = readType(token, reading.wordOrString(token));
    operand.type = written.type;
    if (written.service !== undefined) {
      matchers.push({ label: SERVICE_LABEL, op: '=', value: written.service });
    }
  }
  for (const matcher of node.getChild('Selector')?.getChildren('Matcher') ?? []) {
    readMatcher(reading, matcher, matchers);
  }
  if (operand.type === undefined) {
    operand.type = takeType(matchers);
  }
  if (matchers.length > 0) {
    operand.matchers = matchers;
  }
  operand.time = readTime(reading, node);
  return withoutUndefined(operand);
}

/** A matcher that stands there twice counts once. */
function readMatcher(reading: Reading, node: SyntaxNode, matchers: DraftMatcher[]) {
  const name = node.getChild('LabelName');
  if (!name) {
    readMatcherVariable(reading, node, matchers);
    return;
  }
  const label = readLabel(reading, name);
  if (matchers.length === MAX_MATCHERS) {
    throw tooMany(tokenOf(reading, name), MAX_MATCHERS, 'matchers');
  }
  const op = node.getChild('MatchOp');
  const value = node.getChild('Value');
  if (!op || !value) {
    return;
  }
  const matcher = {
    label,
    op: tokenOf(reading, op).text as MatchOp,
    value: reading.wordOrString(tokenOf(reading, value)),
  };
  const isKnown = matchers.some(
    (known) => 'op' in known && known.label === label && known.op === matcher.op && known.value === matcher.value
  );
  if (!isKnown) {
    matchers.push(matcher);
  }
}

function readMatcherVariable(reading: Reading, node: SyntaxNode, matchers: DraftMatcher[]) {
  const token = tokenOf(reading, node);
  reading.variable(token);
  if (node.getChild('Variable')) {
    matchers.push({ variable: token.text });
  }
}

/** The type of `{__profile_type__="a:b:c:d:e"}` becomes the operand's, so that it is inherited and shown as one. */
function takeType(matchers: DraftMatcher[]): string | undefined {
  const index = matchers.findIndex(
    (matcher) =>
      'op' in matcher && matcher.label === PROFILE_TYPE_LABEL && matcher.op === '=' && isFullType(matcher.value)
  );
  const [taken] = index < 0 ? [] : matchers.splice(index, 1);
  return taken && 'op' in taken ? taken.value : undefined;
}

function readTime(reading: Reading, node: SyntaxNode): DraftTime | undefined {
  const duration = node.getChild('Offset')?.getChild('Duration');
  if (duration) {
    return { offset: readDuration(reading, duration) };
  }
  const range = node.getChild('TimeRange');
  const [from, to] = (range?.getChildren('Instant') ?? []).map((instant) => readInstant(reading, instant));
  if (!range || !from || !to) {
    return undefined;
  }
  if (isComplete(range)) {
    checkOrder(reading, range, from, to);
  }
  return { from, to };
}

function readDuration(reading: Reading, node: SyntaxNode): string {
  const token = tokenOf(reading, node);
  const word = reading.wordOrString(token);
  if (isTemplated(reading, word)) {
    return word;
  }
  const ms = parseDuration(word);
  if (ms === undefined) {
    throw new Fault(token, [durationExpected(word)], describeToken(token));
  }
  return formatDuration(ms);
}

function readInstant(reading: Reading, node: SyntaxNode): string {
  const token = tokenOf(reading, node);
  const word = reading.wordOrString(token);
  if (isTemplated(reading, word)) {
    return word;
  }
  const instant = parseInstant(word);
  if (!instant) {
    throw new Fault(token, [phrase('instant')], describeToken(token), instantHint(word));
  }
  return formatInstant(instant);
}

function checkOrder(reading: Reading, range: SyntaxNode, from: string, to: string) {
  const [start, end] = [parseInstant(from), parseInstant(to)];
  const last = range.getChildren('Instant')[1];
  if (start && end && last && !isBefore(start, end)) {
    const token = tokenOf(reading, last);
    throw new Fault(token, [`an instant after ${from}`], describeToken(token));
  }
}

function withoutUndefined(operand: DraftOperand): DraftOperand {
  const { type, matchers, time } = operand;
  return { ...(type !== undefined && { type }), ...(matchers && { matchers }), ...(time && { time }) };
}

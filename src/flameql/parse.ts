import type { Draft, DraftMatcher, DraftOperand, DraftTime } from './draft';
import type { Matcher, Operand, Query, Time } from './query';
import { readClause } from './readClauses';
import { Reading } from './reading';
import { readOperand } from './readOperand';
import { parseDuration } from './syntax/duration';
import { expectationsAfter, phrases } from './syntax/expectations';
import { syntaxHint } from './syntax/hints';
import { parseInstant } from './syntax/instant';
import { MAX_TEXT_LENGTH } from './syntax/limits';
import { Fault, type QueryError } from './syntax/queryError';
import { describeToken, tokenAt } from './syntax/tokens';
import { firstErrorAt, parseTree } from './syntax/tree';
import type { Normalisation } from './syntax/words';

export type Parsed<T> = { ok: true; query: T } | { ok: false; error: QueryError };

/** Reads one query, with all variables filled in. Gives the first error otherwise. */
export function parse(text: string): Parsed<Query> {
  const parsed = read(text, false);
  return parsed.ok ? { ok: true, query: toQuery(parsed.query) } : parsed;
}

/** Reads one query in which dashboard variables may stand anywhere. */
export function parseDraft(text: string): Parsed<Draft> {
  return read(text, true);
}

function read(text: string, keepsVariables: boolean): Parsed<Draft> {
  try {
    checkText(text);
    const errorAt = firstErrorAt(text);
    // What stands before the first wrong token is right as far as the grammar goes, but may say something impossible.
    const draft = readDraft(new Reading(errorAt === undefined ? text : text.slice(0, errorAt), keepsVariables));
    if (errorAt !== undefined) {
      throw unexpected(text, errorAt);
    }
    return { ok: true, query: draft };
  } catch (fault) {
    if (fault instanceof Fault) {
      return { ok: false, error: fault.in(text) };
    }
    throw fault;
  }
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function checkText(text: string) {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new Fault(
      { from: MAX_TEXT_LENGTH, to: MAX_TEXT_LENGTH },
      [`a query of at most ${MAX_TEXT_LENGTH} characters`],
      'a longer one',
      'Match many values with a regular expression that fits them all.'
    );
  }
  const from = text.search(LONE_SURROGATE);
  if (from >= 0) {
    throw new Fault({ from, to: from + 1 }, ['valid Unicode text'], 'half a character');
  }
}

function unexpected(text: string, position: number): Fault {
  const found = tokenAt(text, position);
  const expected = expectationsAfter(text.slice(0, position));
  return new Fault(found, phrases(expected), describeToken(found), syntaxHint(found, expected));
}

/** Reads in the order of the text, so that the first fault wins. */
function readDraft(reading: Reading): Draft {
  const draft: Draft = { left: {} };
  let side: 'left' | 'right' = 'left';
  for (let node = parseTree(reading.text).topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === 'vs') {
      side = 'right';
    } else if (node.name === 'Operand') {
      draft[side] = readOperand(reading, node);
    } else {
      readClause(reading, node, draft);
    }
  }
  return draft;
}

/** A draft without variables, as a query. The reader has checked its words. */
function toQuery({ left, right, nodes, limit, normalise, variables: _, ...clauses }: Draft): Query {
  return {
    ...clauses,
    left: toOperand(left),
    ...(right && { right: toOperand(right) }),
    ...(nodes !== undefined && { nodes: Number(nodes) }),
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(normalise !== undefined && { normalise: normalise as Normalisation }),
  };
}

function toOperand({ type, matchers, time }: DraftOperand): Operand {
  return {
    ...(type !== undefined && { type }),
    ...(matchers && { matchers: matchers.filter(isMatcher) }),
    ...(time && { time: toTime(time) }),
  };
}

function isMatcher(matcher: DraftMatcher): matcher is Matcher {
  return 'op' in matcher;
}

function toTime(time: DraftTime): Time {
  return 'offset' in time
    ? { offsetMs: parseDuration(time.offset) ?? 0 }
    : { from: parseInstant(time.from) ?? { ms: 0 }, to: parseInstant(time.to) ?? { ms: 0 } };
}

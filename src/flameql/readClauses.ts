import type { SyntaxNode } from '@lezer/common';

import type { Draft } from './draft';
import { MAX_GROUP_BY, MAX_IDS, MAX_LIMIT, MAX_NODES } from './syntax/limits';
import { phrase } from './syntax/expectations';
import { didYouMean, mostSimilar } from './syntax/hints';
import { Fault } from './syntax/queryError';
import { describeToken, type Token } from './syntax/tokens';
import { NORMALISATIONS, type ClauseKeyword } from './syntax/words';
import { isComplete, isTemplated, tokenOf, tooMany, type Reading } from './reading';

/** The clause nodes of flameql.grammar. */
const CLAUSES: Record<string, ClauseKeyword> = {
  GroupBy: 'by',
  FunctionClause: 'function',
  FocusClause: 'focus',
  HideClause: 'hide',
  SpanClause: 'span',
  TraceClause: 'trace',
  ProfileClause: 'profile',
  NodesClause: 'nodes',
  LimitClause: 'limit',
  NormaliseClause: 'normalise',
};

/** Reads one clause into the draft; throws a Fault. A clause that is not finished is read as far as it goes. */
export function readClause(reading: Reading, node: SyntaxNode, draft: Draft) {
  if (node.name === 'VariableClause') {
    const variable = tokenOf(reading, node);
    reading.variable(variable);
    (draft.variables ??= []).push(variable.text);
    return;
  }
  const keyword = CLAUSES[node.name];
  if (!keyword) {
    return;
  }
  const isRepeated = draft[keyword] !== undefined;
  readContent(reading, node, keyword, draft);
  if (!isComplete(node)) {
    return;
  }
  const written = tokenOf(reading, node);
  if (isRepeated) {
    throw new Fault(written, [`"${keyword}" only once`], 'it again');
  }
  if (draft.span && draft.trace) {
    const hint = 'A server filters by one of them.';
    throw new Fault(written, ['either "span" or "trace"'], describeToken(written), hint);
  }
}

function readContent(reading: Reading, node: SyntaxNode, keyword: ClauseKeyword, draft: Draft) {
  switch (keyword) {
    case 'by':
      draft.by = readList(reading, node.getChildren('LabelName'), MAX_GROUP_BY, 'labels', readLabel);
      break;
    case 'span':
    case 'trace':
    case 'profile':
      draft[keyword] = readList(reading, node.getChildren('Id'), MAX_IDS, 'ids', (_, id) =>
        readId(reading, id, keyword)
      );
      break;
    case 'function':
    case 'focus':
    case 'hide':
      draft[keyword] = readOne(node, 'Pattern', (pattern) => readPattern(reading, pattern));
      break;
    case 'nodes':
      draft.nodes = readOne(node, 'Count', (count) => readCount(reading, count, MAX_NODES));
      break;
    case 'limit':
      draft.limit = readOne(node, 'Count', (count) => readCount(reading, count, MAX_LIMIT));
      break;
    case 'normalise':
      draft.normalise = readOne(node, 'Mode', (mode) => readNormalisation(reading, mode));
  }
}

function readOne(node: SyntaxNode, name: string, read: (child: SyntaxNode) => string): string | undefined {
  const child = node.getChild(name);
  return child ? read(child) : undefined;
}

/** An item that stands there twice counts once. */
function readList(
  reading: Reading,
  nodes: SyntaxNode[],
  limit: number,
  what: string,
  read: (reading: Reading, node: SyntaxNode) => string
): string[] {
  const items = new Set<string>();
  for (const node of nodes) {
    const item = read(reading, node);
    if (items.size === limit) {
      throw tooMany(tokenOf(reading, node), limit, what);
    }
    items.add(item);
  }
  return [...items];
}

/** A label name, from a word or a string. */
export function readLabel(reading: Reading, node: SyntaxNode): string {
  const token = tokenOf(reading, node);
  const label = reading.wordOrString(token);
  if (label === '') {
    throw new Fault(token, ['a label name that is not empty'], describeToken(token));
  }
  return label;
}

function readPattern(reading: Reading, node: SyntaxNode): string {
  const token = tokenOf(reading, node);
  const pattern = reading.wordOrString(token);
  if (pattern === '') {
    throw new Fault(token, ['a pattern that is not empty'], describeToken(token));
  }
  return pattern;
}

const IDS: Record<'span' | 'trace' | 'profile', readonly [form: RegExp, phrase: string]> = {
  span: [/^[0-9a-f]{16}$/i, 'a span id of 16 hexadecimal digits'],
  trace: [/^[0-9a-f]{32}$/i, 'a trace id of 32 hexadecimal digits'],
  profile: [
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'a profile id such as 7c9e6679-7425-40de-944b-e07fc1f90ae7',
  ],
};

function readId(reading: Reading, node: SyntaxNode, kind: keyof typeof IDS): string {
  const token = tokenOf(reading, node);
  const id = reading.wordOrString(token);
  const [form, worded] = IDS[kind];
  if (!isTemplated(reading, id) && !form.test(id)) {
    throw new Fault(token, [worded], describeToken(token));
  }
  return id;
}

function readCount(reading: Reading, node: SyntaxNode, most: number): string {
  const token = tokenOf(reading, node);
  const word = reading.wordOrString(token);
  if (isTemplated(reading, word)) {
    return word;
  }
  const count = /^[0-9]+$/.test(word) ? Number(word) : 0;
  if (count < 1 || count > most) {
    throw new Fault(token, [`a whole number from 1 to ${most}`], describeToken(token));
  }
  return String(count);
}

function readNormalisation(reading: Reading, node: SyntaxNode): string {
  const token: Token = tokenOf(reading, node);
  const word = reading.wordOrString(token);
  if (isTemplated(reading, word) || (NORMALISATIONS as readonly string[]).includes(word)) {
    return word;
  }
  const hint = didYouMean(mostSimilar(word, NORMALISATIONS));
  throw new Fault(token, [phrase('normalisation')], describeToken(token), hint);
}

import type { DraftOperand } from '../draft';
import { inherit } from '../inheritance';
import { Reading, readSafely } from '../reading';
import { readOperand } from '../readOperand';
import { expectationsAfter, type Expectation } from '../syntax/expectations';
import { isClosed } from '../syntax/strings';
import { tokenAt, type Token } from '../syntax/tokens';
import { parseTree } from '../syntax/tree';
import type { Scope } from './sources';

/** Where the caret stands in a query. */
export interface Place {
  /** The word or string being written, if the caret is in or right behind one. */
  token?: Token;
  /** What may stand here. */
  expected: ReadonlySet<Expectation>;
  /** The label, with its operator, whose value is being written. */
  label?: { name: string; op: string };
  /** Keywords of the clauses that the query has already. */
  clauses: ReadonlySet<string>;
  scope: Scope;
}

export function placeAt(text: string, caret: number): Place {
  const token = tokenBeingWritten(text, caret);
  const start = token?.from ?? caret;
  const before = text.slice(0, start);
  const label = labelBefore(before);
  return {
    token,
    expected: expectationsAfter(before),
    label,
    clauses: clausesIn(text, start),
    scope: scopeAt(text, start, label?.name),
  };
}

/** The word that the caret touches, or the string that it is in. */
function tokenBeingWritten(text: string, caret: number): Token | undefined {
  let token = tokenAt(text, 0);
  while (token.kind !== 'end' && token.to < caret) {
    token = tokenAt(text, token.to);
  }
  if (token.from >= caret) {
    return undefined;
  }
  if (token.kind === 'string') {
    return caret < token.to || !isClosed(token.text) ? token : undefined;
  }
  return token.kind === 'word' || token.kind === 'variable' ? token : undefined;
}

function labelBefore(text: string): Place['label'] {
  const node = parseTree(text).resolveInner(text.trimEnd().length, -1);
  const matcher = node.name === 'MatchOp' ? node.parent : null;
  const label = matcher?.getChild('LabelName');
  if (!label) {
    return undefined;
  }
  const name = readSafely(() => new Reading(text, true).wordOrString(tokenAt(text, label.from)));
  return name === undefined ? undefined : { name, op: text.slice(node.from, node.to) };
}

function clausesIn(text: string, caret: number): Set<string> {
  const clauses = new Set<string>();
  for (let node = parseTree(text).topNode.firstChild; node; node = node.nextSibling) {
    const keyword = node.firstChild;
    if (node.name !== 'Operand' && keyword && keyword.from !== caret) {
      clauses.add(text.slice(keyword.from, keyword.to));
    }
  }
  return clauses;
}

/** What the operand at the caret selects, apart from the part that is being written. */
function scopeAt(text: string, caret: number, label: string | undefined): Scope {
  const sides: DraftOperand[] = [{}, {}];
  let [side, current] = [0, 0];
  for (let node = parseTree(text).topNode.firstChild; node; node = node.nextSibling) {
    if (node.name === 'vs') {
      // The right operand has no node as long as nothing stands in it.
      [side, current] = [1, node.to < caret ? 1 : current];
    } else if (node.name === 'Operand') {
      sides[side] = readSafely(() => readOperand(new Reading(text, true), node)) ?? {};
    }
  }
  const [left = {}, right = {}] = sides;
  const scope = current === 1 ? inherit(left, right) : left;
  return {
    ...(scope.type !== undefined && { type: scope.type }),
    matchers: (scope.matchers ?? []).filter((matcher) => !('label' in matcher) || matcher.label !== label),
  };
}

import type { SyntaxNode } from '@lezer/common';

import { Fault } from './syntax/queryError';
import { unquote } from './syntax/strings';
import { describeToken, tokenAt, type Token } from './syntax/tokens';
import { hasVariable } from './syntax/words';

/** A text being read, and whether dashboard variables are kept or refused. */
export class Reading {
  constructor(
    readonly text: string,
    readonly keepsVariables: boolean
  ) {}

  /** The text of a word, or the value of a string; throws a Fault. */
  wordOrString(token: Token): string {
    if (token.kind === 'string') {
      return unquote(token);
    }
    this.variable(token);
    return token.text;
  }

  /** Refuses a variable outside of strings, unless variables are kept. */
  variable(token: Token) {
    if (token.kind === 'variable' && !this.keepsVariables) {
      const hint = 'Dashboards fill variables in; alert rules and the command line know none.';
      throw new Fault(token, ['a value in place of the variable'], describeToken(token), hint);
    }
  }
}

/** Whether a variable in the text is still to be filled in, so that the rest cannot be checked. */
export function isTemplated(reading: Reading, text: string): boolean {
  return reading.keepsVariables && hasVariable(text);
}

/** The first token of a node. */
export function tokenOf(reading: Reading, node: SyntaxNode): Token {
  return tokenAt(reading.text, node.from);
}

/** Whether nothing is missing from a node. */
export function isComplete(node: SyntaxNode): boolean {
  const last = node.lastChild;
  return !last || (!last.type.isError && isComplete(last));
}

export function tooMany(at: Token, limit: number, what: string): Fault {
  return new Fault(at, [`at most ${limit} ${what}`], 'one more');
}

/** For texts that are being written, which may hold faults anywhere. */
export function readSafely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) {
      return undefined;
    }
    throw error;
  }
}

import type { SyntaxNode } from '@lezer/common';

import { parseDraft } from './parse';
import { isRegexOp, type MatchOp } from './query';
import { errorMessage } from './syntax/queryError';
import { regexFault } from './syntax/regexFault';
import { unquote } from './syntax/strings';
import { tokenAt } from './syntax/tokens';
import { parseTree } from './syntax/tree';
import { splitAtVariables } from './syntax/words';

/** What to underline in an editor, in UTF-16 code units; `from` equals `to` where something is missing. */
export interface Diagnostic {
  from: number;
  to: number;
  severity: 'error' | 'warning';
  message: string;
}

/**
 * What is wrong with a text that is being written; dashboard variables may stand in it. An empty text is not wrong yet.
 * Regular expressions are only warned about: the server has the last word.
 */
export function diagnose(text: string): Diagnostic[] {
  if (text.trim() === '') {
    return [];
  }
  const parsed = parseDraft(text);
  if (parsed.ok) {
    return regexWarnings(text);
  }
  const { offset, length } = parsed.error;
  return [{ from: offset, to: offset + length, severity: 'error', message: errorMessage(parsed.error) }];
}

const LOOKAROUND = /\(\?<?[=!]/;

function regexWarnings(text: string): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  parseTree(text).iterate({
    enter: ({ node }) => {
      if (!isRegex(node, text)) {
        return;
      }
      const token = tokenAt(text, node.from);
      const pattern = token.kind === 'string' ? withoutVariables(unquote(token)) : '';
      const fault = regexFault(pattern);
      if (fault) {
        const hint = LOOKAROUND.test(pattern) ? ' RE2 has no look-ahead and no look-behind.' : '';
        const message = `Expected a regular expression (RE2), found ${fault}.${hint}`;
        warnings.push({ from: token.from, to: token.to, severity: 'warning', message });
      }
    },
  });
  return warnings;
}

function isRegex(node: SyntaxNode, text: string): boolean {
  if (node.name === 'Pattern') {
    return true;
  }
  const op = node.name === 'Value' ? node.prevSibling : null;
  return op !== null && isRegexOp(text.slice(op.from, op.to) as MatchOp);
}

/** What a variable holds is not known here; a letter can stand for it anywhere in an expression. */
function withoutVariables(pattern: string): string {
  return splitAtVariables(pattern)
    .map((part, i) => (i % 2 === 0 ? part : 'x'))
    .join('');
}

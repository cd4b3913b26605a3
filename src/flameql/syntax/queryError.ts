/** What is wrong with a query text: where, what stands there and what should stand there instead. */
export interface QueryError {
  /** In UTF-16 code units, as JavaScript and editors count. */
  offset: number;
  /** 0 at the end of the text. */
  length: number;
  /** Begins at 1. */
  line: number;
  /** Begins at 1, in UTF-16 code units. */
  column: number;
  found: string;
  expected: string[];
  /** A whole sentence. */
  hint?: string;
}

/** A stretch of the query text in UTF-16 code units. */
export interface Span {
  from: number;
  to: number;
}

/** An error on its way out of the reader. */
export class Fault {
  constructor(
    readonly span: Span,
    readonly expected: string[],
    readonly found: string,
    readonly hint?: string
  ) {}

  in(text: string): QueryError {
    const { from, to } = this.span;
    const lineStart = text.lastIndexOf('\n', from - 1) + 1;
    const error: QueryError = {
      offset: from,
      length: to - from,
      line: text.slice(0, lineStart).split('\n').length,
      column: from - lineStart + 1,
      found: this.found,
      expected: this.expected,
    };
    if (this.hint) {
      error.hint = this.hint;
    }
    return error;
  }
}

/** One or two sentences, without the position. */
export function errorMessage(error: QueryError): string {
  const message = `Expected ${orList(error.expected)}, found ${error.found}.`;
  return error.hint ? `${message} ${error.hint}` : message;
}

/** The message after its position, in one line. */
export function errorLine(error: QueryError): string {
  return `line ${error.line}, column ${error.column}: ${errorMessage(error)}`;
}

function orList(items: string[]): string {
  const last = items[items.length - 1] ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} or ${last}`;
}

/** Walks through the lines of a text without cutting it up at once; a carriage return before the end belongs to it. */
export class Lines {
  /** Number of the line that was read last, from 1. */
  number = 0;
  private at = 0;

  constructor(private readonly text: string) {}

  next(): string | undefined {
    const { text, at } = this;
    if (at >= text.length) {
      return undefined;
    }
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    this.at = end + 1;
    this.number++;
    return text.slice(at, end > at && text[end - 1] === '\r' ? end - 1 : end);
  }

  /** Share of the text that is read, 0 to 1. */
  done(): number {
    return this.text.length === 0 ? 1 : Math.min(1, this.at / this.text.length);
  }
}

/** Lines between two looks at the clock. */
export const LINES_A_STEP = 2048;

/** Something in a runbook's text that is not as it must be. */
export interface Fault {
  /** Line of the text, from 1. */
  line: number;
  /** A sentence that says what to write. */
  message: string;
}

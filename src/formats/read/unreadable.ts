/** A file that cannot be read. The message is a sentence for the user: what is wrong, where, and what to do. */
export class UnreadableFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableFile';
  }
}

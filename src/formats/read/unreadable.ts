/** A file that cannot be read. The message is a sentence for the user: what is wrong, where, and what to do. */
export class UnreadableFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableFile';
  }
}

/** A file whose format is known, and in which nothing was sampled. */
export class FileWithoutSamples extends UnreadableFile {}

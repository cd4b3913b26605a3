/** Larger files fill a browser's memory before they reach the disk. Bytes. */
const LARGEST_FILE = 512e6;
/** Text is encoded in pieces of about this many characters. */
const PIECE = 1 << 18;

/** A file in pieces: one text of all of it would be longer than a browser allows. */
export class ByteChunks {
  private readonly chunks: Uint8Array[] = [];
  private readonly encoder = new TextEncoder();
  private text: string[] = [];
  private characters = 0;
  private length = 0;

  constructor(private readonly largest = LARGEST_FILE) {}

  /** @throws a RangeError that says what to do when the file would become too large */
  write(text: string): void {
    this.text.push(text);
    this.characters += text.length;
    if (this.characters >= PIECE) {
      this.flush();
    }
  }

  /** @throws a RangeError that says what to do when the file would become too large */
  append(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.length > this.largest) {
      throw new RangeError(
        `The file would have more than ${Math.round(this.largest / 1e6)} MB. Collapse small frames or keep only some of the stacks.`
      );
    }
    this.chunks.push(bytes);
  }

  all(): Uint8Array[] {
    this.flush();
    return this.chunks;
  }

  private flush(): void {
    if (this.text.length > 0) {
      const bytes = this.encoder.encode(this.text.join(''));
      this.text = [];
      this.characters = 0;
      this.append(bytes);
    }
  }
}

import type { FileLimits } from './limits';
import { UnreadableFile } from './unreadable';

/** An unpacked file that formats look at in turn: as bytes, as text, as JSON. What is worked out once is kept. */
export class OpenedFile {
  private whole?: string;
  private parsed?: { value: unknown; fault?: string };
  private repaired?: { value: unknown };

  constructor(
    readonly bytes: Uint8Array,
    readonly limits: FileLimits
  ) {}

  /** The first characters, to tell formats apart without decoding everything. */
  head(characters = 4096): string {
    return this.decode(this.bytes.subarray(0, characters * 2)).slice(0, characters);
  }

  text(): string {
    this.whole ??= this.decode(this.bytes);
    return this.whole;
  }

  /** Bytes that no text has. */
  isBinary(): boolean {
    return this.encoding() === 'utf-8' && this.bytes.subarray(0, 4096).includes(0);
  }

  looksLikeJson(): boolean {
    return !this.isBinary() && /^\s*[[{]/.test(this.head());
  }

  /** The file as JSON; undefined when it is none, see jsonFault. Deep nesting is no danger to JSON.parse. */
  json(): unknown {
    return this.parse().value;
  }

  /** A list whose end is missing, without its last entry that is not whole; undefined when that is no JSON either. */
  jsonCutOff(): unknown {
    this.repaired ??= { value: listWithoutEnd(this.text()) };
    return this.repaired.value;
  }

  jsonFault(): string | undefined {
    return this.parse().fault;
  }

  private parse() {
    if (!this.parsed) {
      try {
        this.parsed = { value: this.looksLikeJson() ? JSON.parse(this.text()) : undefined };
      } catch (error) {
        this.parsed = { value: undefined, fault: error instanceof Error ? error.message : String(error) };
      }
    }
    return this.parsed;
  }

  /** By its byte order mark; Windows' tools write UTF-16. */
  private encoding(): string {
    const [first, second] = this.bytes;
    if (first === 0xff && second === 0xfe) {
      return 'utf-16le';
    }
    return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  }

  private decode(bytes: Uint8Array): string {
    try {
      return new TextDecoder(this.encoding()).decode(bytes);
    } catch {
      throw new UnreadableFile('The file is too large to be read as one text.');
    }
  }
}

function listWithoutEnd(text: string): unknown {
  const start = text.indexOf('[');
  // The place after an entry may lie inside a longer one: a few are tried from the end.
  for (let tries = 0, end = text.lastIndexOf('}'); start >= 0 && end > start && tries < 8; tries++) {
    try {
      return JSON.parse(`${text.slice(start, end + 1)}]`);
    } catch {
      end = text.lastIndexOf('}', end - 1);
    }
  }
  return undefined;
}

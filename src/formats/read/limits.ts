/** What a file may cost. Above these a browser tab runs out of memory before it shows anything. */
export interface ReadLimits {
  /** Bytes of the file as it lies on the disk. */
  readonly packed: number;
  /** Bytes after inflating; a text of more does not fit into one string either. */
  readonly unpacked: number;
  /** Frames on one stack: real ones have hundreds, a damaged or hostile file has millions. */
  readonly depth: number;
  /** Different stacks of a file. */
  readonly stacks: number;
  /** Profiles in one file, mostly a thread each; every one has tables of its own. */
  readonly parts: number;
}

/** The limits while one file is read, with what is left of them. */
export interface FileLimits extends ReadLimits {
  partsLeft: number;
}

const MIB = 2 ** 20;

export const READ_LIMITS: ReadLimits = {
  packed: 256 * MIB,
  unpacked: 256 * MIB,
  depth: 16_384,
  stacks: 4_000_000,
  parts: 50_000,
};

export function inMiB(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / MIB))} MiB`;
}

import { IngestError } from './ingestError';

export interface Levels {
  /** First node of each level in level order, and the number of nodes at the end; a synthetic root included. */
  offsets: Uint32Array;
  /** 1 when several rows have level 0, so that a root had to be put above them, else 0. */
  shift: 0 | 1;
}

/** Checks the level column and finds where each level begins in level order. */
export function readLevels(level: ArrayLike<number>): Levels {
  const rows = level.length;
  let counts = new Uint32Array(256);
  let before = -1;
  let deepest = 0;
  for (let row = 0; row < rows; row++) {
    const current = level[row];
    if (!(current >= 0 && current <= before + 1) || current !== Math.floor(current)) {
      throw levelError(level, row);
    }
    if (current > deepest) {
      deepest = current;
      if (deepest === counts.length) {
        counts = grown(counts);
      }
    }
    counts[current]++;
    before = current;
  }
  const shift = counts[0] > 1 ? 1 : 0;
  const offsets = new Uint32Array(deepest + 2 + shift);
  for (let l = 0; l <= deepest; l++) {
    offsets[l + 1 + shift] = counts[l];
  }
  offsets[1] = 1;
  for (let l = 1; l < offsets.length; l++) {
    offsets[l] += offsets[l - 1];
  }
  return { offsets, shift };
}

function grown(counts: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(counts.length * 2);
  larger.set(counts);
  return larger;
}

function levelError(level: ArrayLike<number>, row: number): IngestError {
  const current: unknown = level[row];
  if (typeof current !== 'number' || !Number.isInteger(current) || current < 0) {
    return new IngestError(
      'level',
      `Row ${row}: level is ${String(current)}, but must be a whole number from 0. Send the rows depth-first as a nested set.`,
      row
    );
  }
  if (row === 0) {
    return new IngestError(
      'level',
      `Row 0: level is ${current}, but the first row must be the root at level 0. Send the rows depth-first.`,
      0
    );
  }
  return new IngestError(
    'level',
    `Row ${row}: level jumps from ${level[row - 1]} to ${current}, so its caller is missing. Send the rows depth-first, each at most one level below the row before.`,
    row
  );
}

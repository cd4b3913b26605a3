import type { DataFrame } from '@grafana/data';

import { type CallTree, type FlameColumns, ingest, isIngestError } from '../engine';

import { columnsOf } from './flameFrame';

/** What became of a frame: its call tree, or why there is none. */
export interface ReadFrame {
  readonly tree?: CallTree;
  readonly isEmpty?: boolean;
  readonly isCancelled?: boolean;
  /** One sentence with the row and the cause. */
  readonly problem?: string;
}

export function readFrame(frame: DataFrame): ReadFrame {
  const columns = columnsOf(frame);
  if (isWorthNothing(columns)) {
    return { isEmpty: true };
  }
  try {
    return answerOf(ingest(columns));
  } catch (error) {
    return problemOf(error);
  }
}

/** A root alone that is worth nothing is how datasources say that nothing was profiled. */
function isWorthNothing({ level, value, valueRight }: FlameColumns): boolean {
  return level.length === 1 && value[0] === 0 && (valueRight === undefined || valueRight[0] === 0);
}

export function answerOf(tree: CallTree): ReadFrame {
  return { tree };
}

/** @throws what is no fault of the frame */
export function problemOf(error: unknown): ReadFrame {
  if (!isIngestError(error)) {
    throw error;
  }
  return error.problem === 'empty' ? { isEmpty: true } : { problem: error.message };
}

import type { DataFrame } from '@grafana/data';

import { type CallTree, ingest, isIngestError } from '../engine';

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
  try {
    return answerOf(ingest(columnsOf(frame)));
  } catch (error) {
    return problemOf(error);
  }
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

import { useEffect, useMemo, useState } from 'react';

import type { DataFrame } from '@grafana/data';

import { typedColumns } from '../engine/ingest/typed';
import { WORTH_SENDING } from '../engine/worker/runner';
import type { Runner } from '../flamegraph/worker/useRunner';

import { columnsOf } from './flameFrame';
import { answerOf, problemOf, type ReadFrame, readFrame } from './readFrame';

/** A frame and what became of it; while another one is read, the one before. */
export interface FrameInSight {
  readonly frame?: DataFrame;
  readonly read: ReadFrame;
  /** There while a large frame is read: the share that is done. */
  readonly progress?: number;
  /** Stops reading; what was shown before stays. */
  cancel(): void;
}

interface Reading {
  readonly of: DataFrame;
  readonly done: number;
  readonly read?: ReadFrame;
  readonly error?: unknown;
}

/** Reads a frame: at once when it is small, else in the worker or in slices. */
export function useReadFrame(frame: DataFrame | undefined, runner: Runner): FrameInSight {
  const isLarge = frame !== undefined && frame.length >= WORTH_SENDING;
  const small = useMemo(() => (frame && !isLarge ? readFrame(frame) : undefined), [frame, isLarge]);
  const [reading, setReading] = useState<Reading>();
  const [shown, setShown] = useState<{ frame: DataFrame; read: ReadFrame }>();
  const [cancelled, setCancelled] = useState<DataFrame>();

  useEffect(() => {
    if (!frame || !isLarge || cancelled === frame) {
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (change: Omit<Reading, 'of'>) => signal.aborted || setReading({ of: frame, ...change });
    runner
      .run('ingest', [typedColumns(columnsOf(frame))], { signal, onProgress: (done) => tell({ done }) })
      .then(answerOf, problemOf)
      .then(
        (read) => tell({ done: 1, read }),
        (error: unknown) => tell({ done: 1, error })
      );
    return () => controller.abort();
  }, [frame, isLarge, cancelled, runner]);

  const current = reading?.of === frame ? reading : undefined;
  if (current?.error !== undefined) {
    throw current.error;
  }
  const read = small ?? current?.read;
  if (frame && read && shown?.read !== read) {
    setShown({ frame, read });
  }
  if (!frame || read) {
    return { frame, read: read ?? {}, cancel: () => {} };
  }
  if (cancelled === frame) {
    return { ...shown, read: shown?.read ?? { isCancelled: true }, cancel: () => {} };
  }
  return { ...shown, read: shown?.read ?? {}, progress: current?.done ?? 0, cancel: () => setCancelled(frame) };
}

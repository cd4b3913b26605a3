import { useCallback, useEffect, useRef, useState } from 'react';
import { fromEvent, lastValueFrom, takeUntil, tap } from 'rxjs';

import { describeFailure } from '../../../datasource/resources/failure';

import type { Take } from './CaptureAnswer';
import { type CapturedProfile, readSamples } from './capturedProfile';
import { captureTitle } from './captureTitle';
import { type CaptureAsk, CaptureFailure, type CaptureState, takeCapture } from './takeCapture';
import type { CaptureTarget } from './targets';

/** How many captures stay in the page; each holds its bytes. */
const MOST = 20;

export interface Running extends CaptureState {
  ask: CaptureAsk;
  /** Counts from 1, of `of` captures that follow each other. */
  step: number;
  of: number;
}

export interface CaptureSession {
  /** Latest first. */
  profiles: CapturedProfile[];
  running?: Running;
  failure?: { ask: CaptureAsk; sentence: string; remedy?: string };
  /** Captures one after the other, and gives the last's profiles; a failure or a cancel ends it. */
  run: (target: CaptureTarget, asks: CaptureAsk[]) => Promise<CapturedProfile[]>;
  cancel: () => void;
  remove: (id: string) => void;
}

/** The captures of this page. They are gone with it, unless they are kept or downloaded. */
export function useCaptureSession(datasourceUid: string): CaptureSession {
  const [profiles, setProfiles] = useState<CapturedProfile[]>([]);
  const [running, setRunning] = useState<Running>();
  const [failure, setFailure] = useState<CaptureSession['failure']>();
  const abort = useRef<AbortController>(undefined);
  const made = useRef(0);
  useEffect(() => () => abort.current?.abort(), [datasourceUid]);

  const read = useCallback(async (target: CaptureTarget, ask: CaptureAsk, takes: Take[], signal: AbortSignal) => {
    const read: CapturedProfile[] = [];
    for (const [index, take] of takes.entries()) {
      const id = `capture ${++made.current}`;
      const title = captureTitle(target, ask, take.at, takes.length > 1 ? index : undefined);
      read.push({
        ...take,
        ...(await readSamples(take, ask.profile, id, title, signal)),
        id,
        title,
        target,
        instance: ask.instance,
        name: ask.profile,
        isDelta: ask.mode === 'delta',
      });
    }
    return read;
  }, []);

  const run = useCallback(
    async (target: CaptureTarget, asks: CaptureAsk[]) => {
      abort.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      abort.current = controller;
      setFailure(undefined);
      let last: CapturedProfile[] = [];
      for (const [index, ask] of asks.entries()) {
        const tell = (state: CaptureState) => setRunning({ ...state, ask, step: index + 1, of: asks.length });
        tell({});
        try {
          const { takes = [] } = await lastValueFrom(
            takeCapture(datasourceUid, ask).pipe(tap(tell), takeUntil(fromEvent(signal, 'abort')))
          );
          last = await read(target, ask, takes, signal);
          const added = [...last].reverse();
          setProfiles((before) => [...added, ...before].slice(0, MOST));
        } catch (error) {
          if (!signal.aborted) {
            setFailure({
              ask,
              sentence: describeFailure(error),
              remedy: error instanceof CaptureFailure ? error.remedy : undefined,
            });
          }
          last = [];
          break;
        }
      }
      if (abort.current === controller) {
        setRunning(undefined);
      }
      return last;
    },
    [datasourceUid, read]
  );

  const cancel = useCallback(() => {
    abort.current?.abort();
    setRunning(undefined);
  }, []);
  const remove = useCallback((id: string) => setProfiles((before) => before.filter((one) => one.id !== id)), []);
  return { profiles, running, failure, run, cancel, remove };
}

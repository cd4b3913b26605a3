import { useCallback, useEffect, useRef, useState } from 'react';
import { from, lastValueFrom } from 'rxjs';

import { type DataFrame, type DataQueryResponse, type PanelData, toDataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';

import { cutOf } from './facts';
import { fieldOf, isFlameFrame } from './flameFrame';
import { spliceBelow } from './splice';

/** Each request for detail asks for so many times as many frames, up to what Pyroscope answers at most. */
const FACTOR = 8;
const MOST_NODES = 2 ** 20;

export interface Detail {
  /** The same profile with more frames, once it has come. */
  readonly frame?: DataFrame;
  readonly isOpening: boolean;
  /** Why it could not be had; what was shown before stays. */
  readonly problem?: string;
  /** Puts the problem away. */
  dismiss(): void;
  /** Asks for it, below a stack (the root's name first) or of the whole; absent when there is no more to be had. */
  readonly open?: (stack: readonly string[]) => void;
}

/**
 * Asks the datasource again for the profile that is shown, with a larger limit of frames, and when a path is focused for
 * the stacks that begin with it alone: in place, wherever the panel stands. The next answer of the panel's own query replaces what has come.
 */
export function useDetail(data: PanelData, shown: DataFrame | undefined): Detail {
  const [answer, setAnswer] = useState<{ of: DataFrame; frame: DataFrame }>();
  const [opening, setOpening] = useState<DataFrame>();
  const [failure, setFailure] = useState<{ of: DataFrame; problem: string }>();
  const current = useRef(shown);
  useEffect(() => {
    current.current = shown;
  }, [shown]);

  const frame = answer && answer.of === shown ? answer.frame : undefined;
  const { request } = data;
  const limit = shown && cutOf(frame ?? shown).maxNodes;
  const query = request?.targets.find(({ refId }) => refId === shown?.refId);

  const open = useCallback(
    (stack: readonly string[]) => {
      if (!request || !query || !shown || !limit) {
        return;
      }
      setOpening(shown);
      // The root is no function. Sides of a diff are cut apart, so a path of one may be cut off in the other.
      const callSite = fieldOf(shown, 'valueRight') ? [] : stack.slice(1);
      const targets = [{ ...query, callSite, maxNodes: Math.min(MOST_NODES, limit * FACTOR) }];
      const ask = async () => {
        const datasource = await getDataSourceSrv().get(query.datasource, request.scopedVars);
        const response = await lastValueFrom(
          from(datasource.query({ ...request, targets, requestId: `${request.requestId}-detail` }))
        );
        const found = response.data.map((each) => toDataFrame(each)).find(isFlameFrame);
        if (!found) {
          throw new Error(problemOf(response));
        }
        return found;
      };
      ask()
        .then(
          (found) => {
            if (current.current === shown) {
              const known = frame ?? shown;
              setFailure(undefined);
              setAnswer({ of: shown, frame: callSite.length > 0 ? spliceBelow(known, found, stack) : found });
            }
          },
          // Grafana says nothing of queries that fail outside of its own.
          (error: unknown) => setFailure({ of: shown, problem: error instanceof Error ? error.message : String(error) })
        )
        .finally(() => setOpening(undefined));
    },
    [request, query, shown, frame, limit]
  );

  const hasMore = query !== undefined && limit !== undefined && limit < MOST_NODES;
  return {
    frame,
    isOpening: opening !== undefined && opening === shown,
    problem: failure && failure.of === shown ? failure.problem : undefined,
    dismiss: () => setFailure(undefined),
    open: hasMore ? open : undefined,
  };
}

/** What an answer without a flame graph says of itself. */
function problemOf(response: DataQueryResponse): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only place where a request that failed whole is told
  const first = response.errors?.[0] ?? response.error;
  return first?.data?.message ?? first?.message ?? t('panel.detail.nothing', 'The datasource answered with nothing.');
}

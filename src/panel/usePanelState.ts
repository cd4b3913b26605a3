import { useCallback, useEffect, useMemo, useState } from 'react';

import { CoreApp } from '@grafana/data';
import { locationService } from '@grafana/runtime';

import type { FlameGraphState } from '../flamegraph/state/flameGraphState';

import { type FlameGraphOptions, stateOf } from './options';
import { readUrlState, writeUrlState } from './urlState';

/** The address follows the state after this many ms of rest, so that typing does not fill it. */
const REST_MS = 400;

/** Pages whose address may be added to: dashboards, and pages of apps, whose queries Scenes asks in this name. */
const WITH_ADDRESS: ReadonlySet<string | undefined> = new Set([CoreApp.Dashboard, CoreApp.PanelViewer, 'scenes']);

/**
 * The flame graph's state: the options, and above them what the user has changed since. Kept over refreshes, and on
 * pages whose address may be added to in the URL.
 */
export function usePanelState(id: number, options: FlameGraphOptions, app: string | undefined) {
  const isInUrl = WITH_ADDRESS.has(app);
  const key = `flamegraph-${id}`;
  const [changes, setChanges] = useState<Partial<FlameGraphState>>(() =>
    readUrlState(locationService.getSearch().get(key))
  );
  const change = useCallback((part: Partial<FlameGraphState>) => setChanges((before) => ({ ...before, ...part })), []);

  useEffect(() => {
    if (!isInUrl) {
      return;
    }
    const timer = window.setTimeout(() => {
      const next = writeUrlState(changes);
      if (next !== (locationService.getSearch().get(key) ?? undefined)) {
        locationService.partial({ [key]: next ?? null }, true);
      }
    }, REST_MS);
    return () => window.clearTimeout(timer);
  }, [isInUrl, key, changes]);

  const state = useMemo(() => ({ ...stateOf(options), ...changes }), [options, changes]);
  return { state, change };
}

import React, { useCallback, useMemo, useState } from 'react';

import { formattedValueToString, getValueFormat, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { Alert } from '@grafana/ui';

import { ingest, isIngestError } from '../engine';
import { FlameGraph } from '../flamegraph/FlameGraph';
import { DEFAULT_STATE, type FlameGraphState } from '../flamegraph/state/flameGraphState';

import { columnsOf, fieldOf, isFlameFrame } from './flameFrame';

/** The panel: takes Grafana's frames, hands the call tree to the flame graph. */
export function FlameGraphPanel({ id, data, fieldConfig }: PanelProps) {
  const frame = data.series.find(isFlameFrame);
  const read = useMemo(() => {
    if (!frame) {
      return undefined;
    }
    try {
      return { tree: ingest(columnsOf(frame)) };
    } catch (error) {
      if (isIngestError(error)) {
        return { error };
      }
      throw error;
    }
  }, [frame]);
  const [state, setState] = useState<FlameGraphState>(DEFAULT_STATE);
  const changeState = useCallback(
    (change: Partial<FlameGraphState>) => setState((before) => ({ ...before, ...change })),
    []
  );
  const formatValue = useMemo(() => {
    const field = frame && fieldOf(frame, 'value');
    const format = getValueFormat(field?.config.unit);
    return (value: number) => formattedValueToString(field?.display?.(value) ?? format(value));
  }, [frame]);

  if (!read || read.error?.problem === 'empty') {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
  }
  if (!read.tree) {
    return <Alert severity="error" title={read.error.message} />;
  }
  return <FlameGraph tree={read.tree} formatValue={formatValue} state={state} onStateChange={changeState} />;
}

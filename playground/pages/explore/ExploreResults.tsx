import React from 'react';
import { groupBy } from 'lodash';
import { useMeasure } from 'react-use';

import { type AbsoluteTimeRange, type DataFrame, LoadingState, type PanelData } from '@grafana/data';
import { PanelRenderer } from '@grafana/runtime';
import { Alert, EmptyState, PanelChrome, Stack } from '@grafana/ui';

const SERIES_HEIGHT = 260;
const FLAME_GRAPH_HEIGHT = 640;
const OTHER_HEIGHT = 320;

/** Which panel draws a frame: the one that its meta names, as in Grafana's Explore, else by what it prefers. */
function panelOf({ meta }: DataFrame): string {
  if (meta?.preferredVisualisationPluginId) {
    return meta.preferredVisualisationPluginId;
  }
  return meta?.preferredVisualisationType === 'graph' || meta?.type?.startsWith('timeseries') ? 'timeseries' : 'table';
}

const TITLES: Record<string, string> = { timeseries: 'Graph', table: 'Table' };
const HEIGHTS: Record<string, number> = { timeseries: SERIES_HEIGHT, table: OTHER_HEIGHT };

interface Props {
  data: PanelData;
  onChangeTimeRange: (range: AbsoluteTimeRange) => void;
}

/** The answer's frames, each group drawn by its panel. */
export function ExploreResults({ data, onChangeTimeRange }: Props) {
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const groups = Object.entries(groupBy(data.series, panelOf));
  const errors = data.errors ?? (data.error ? [data.error] : []);
  const isEmpty = data.state === LoadingState.Done && data.series.every(({ length }) => length === 0);
  return (
    <div ref={ref}>
      {errors.map(({ refId, message, data: body }, at) => (
        <Alert key={at} severity="error" title={`Query ${refId ?? ''} failed`}>
          {message ?? body?.message ?? 'The datasource gave no reason.'}
        </Alert>
      ))}
      {isEmpty && errors.length === 0 && <EmptyState variant="not-found" message="No data" />}
      {width > 0 && (
        <Stack direction="column" gap={2}>
          {groups
            .sort(([a], [b]) => Number(b === 'timeseries') - Number(a === 'timeseries'))
            .map(([pluginId, series]) => {
              const height = HEIGHTS[pluginId] ?? FLAME_GRAPH_HEIGHT;
              return (
                // PanelChrome fills its parent, whatever height it is given itself.
                <div key={pluginId} style={{ height }}>
                  <PanelChrome
                    title={TITLES[pluginId] ?? 'Flame graph'}
                    width={width}
                    height={height}
                    loadingState={data.state}
                  >
                    {(innerWidth, innerHeight) => (
                      <PanelRenderer
                        pluginId={pluginId}
                        title=""
                        data={{ ...data, series }}
                        width={innerWidth}
                        height={innerHeight}
                        onChangeTimeRange={onChangeTimeRange}
                      />
                    )}
                  </PanelChrome>
                </div>
              );
            })}
        </Stack>
      )}
    </div>
  );
}

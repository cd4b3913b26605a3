import React from 'react';

import { FieldType, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import {
  LegendDisplayMode,
  TimeSeries,
  TooltipDisplayMode,
  TooltipPlugin,
  type VizLegendOptions,
  ZoomPlugin,
} from '@grafana/ui';

interface Options {
  legend?: VizLegendOptions;
}

const LEGEND: VizLegendOptions = {
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  showLegend: true,
  calcs: [],
};

/** Stand-in of core's time series panel: @grafana/ui's chart with legend, tooltip and zoom, and no further options. */
export function TimeSeriesPanel({
  id,
  data,
  options,
  timeRange,
  timeZone,
  width,
  height,
  ...props
}: PanelProps<Options>) {
  const frames = data.series.filter(
    ({ fields, length }) => length > 0 && fields.some(({ type }) => type === FieldType.time)
  );
  if (frames.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={props.fieldConfig} needsTimeField />;
  }
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={{ ...LEGEND, ...options.legend }}
    >
      {(builder, alignedFrame) => (
        <>
          <ZoomPlugin config={builder} onZoom={props.onChangeTimeRange} />
          <TooltipPlugin
            config={builder}
            data={alignedFrame}
            frames={frames}
            timeZone={timeZone}
            mode={TooltipDisplayMode.Multi}
          />
        </>
      )}
    </TimeSeries>
  );
}

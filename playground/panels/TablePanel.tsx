import React from 'react';

import type { PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { Table } from '@grafana/ui';

/** Stand-in of core's table panel: the first frame that has rows, sortable. */
export function TablePanel({ id, data, width, height }: PanelProps) {
  const frame = data.series.find(({ length }) => length > 0);
  return frame ? (
    <Table ariaLabel="Table" data={frame} width={width} height={height} />
  ) : (
    <PanelDataErrorView panelId={id} data={data} />
  );
}

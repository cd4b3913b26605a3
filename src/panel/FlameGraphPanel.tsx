import React from 'react';

import type { PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';

export function FlameGraphPanel({ id, data, fieldConfig }: PanelProps) {
  return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
}

import React from 'react';

import type { PanelDataErrorViewProps } from '@grafana/runtime';
import { EmptyState } from '@grafana/ui';

/** What panels show when the answer does not suit them. */
export function PanelProblem({ message, data }: PanelDataErrorViewProps) {
  const nothing = data.series.every((frame) => frame.length === 0);
  return <EmptyState variant="not-found" message={message ?? (nothing ? 'No data' : 'The panel cannot draw this')} />;
}

import React from 'react';

import type { PanelDataErrorViewProps } from '@grafana/runtime';
import { Stack, Text } from '@grafana/ui';

/** What panels show when the answer does not suit them. */
export function PanelProblem({ message, data }: PanelDataErrorViewProps) {
  const nothing = data.series.every((frame) => frame.length === 0);
  return (
    <Stack height="100%" alignItems="center" justifyContent="center">
      <Text color="secondary">{message ?? (nothing ? 'No data' : 'The panel cannot draw this')}</Text>
    </Stack>
  );
}

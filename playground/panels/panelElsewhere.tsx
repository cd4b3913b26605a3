import React from 'react';

import { PanelPlugin } from '@grafana/data';
import { EmptyState } from '@grafana/ui';

/** A panel of Grafana's core that is not on npm: its name, and where it can be seen. */
export function panelElsewhere(id: string): PanelPlugin {
  return new PanelPlugin(() => (
    <EmptyState variant="not-found" message={`Panel “${id}”`}>
      A real Grafana draws this panel; the playground has none of its own.
    </EmptyState>
  ));
}

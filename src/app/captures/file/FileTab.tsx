import React from 'react';

import { t } from '@grafana/i18n';
import type { SceneObject } from '@grafana/scenes';
import { EmptyState } from '@grafana/ui';

/** Profiles of files: dropped or chosen here, read in the browser. */
export function FileTab({ scene }: { scene: SceneObject }) {
  return (
    <div data-scene={scene.state.key}>
      <EmptyState variant="not-found" hideImage message={t('app.captures.no-files', 'Files cannot be opened yet')} />
    </div>
  );
}

import React from 'react';

import { Trans, t } from '@grafana/i18n';
import type { SceneObject } from '@grafana/scenes';
import { EmptyState } from '@grafana/ui';

import { useDatasourceUid } from '../../screen/datasourceOf';
import { NoDatasource } from '../../screen/NoDatasource';

/** Profiles taken of running programs, on demand. */
export function CaptureTab({ scene }: { scene: SceneObject }) {
  const datasourceUid = useDatasourceUid(scene);
  if (datasourceUid === '') {
    return <NoDatasource />;
  }
  return (
    <EmptyState variant="call-to-action" message={t('app.captures.no-targets', 'There is nothing to capture yet')}>
      <Trans i18nKey="app.captures.no-targets-why">
        An administrator adds capture targets on the data source’s configuration page.
      </Trans>
    </EmptyState>
  );
}

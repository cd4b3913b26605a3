import React from 'react';

import { locationUtil, rangeUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { Button, EmptyState, LinkButton, LoadingPlaceholder, Stack } from '@grafana/ui';

interface Props {
  scene: SceneObject;
  /** Why there are none, in the backend's words; none while it is being asked. */
  reasons?: string[];
  datasourceUid: string;
  loading?: boolean;
}

/** No service sent profiles in the range: why, as far as it is known, and what to do next. */
export function NoProfiles({ scene, reasons = [], datasourceUid, loading }: Props) {
  const timeRange = sceneGraph.getTimeRange(scene);
  const lookBack = () => timeRange.onTimeRangeChange(rangeUtil.convertRawToRange({ from: 'now-24h', to: 'now' }));
  return (
    <EmptyState
      variant="call-to-action"
      message={t('app.no-profiles.message', 'No service sent profiles in this time range')}
      button={
        <Stack wrap="wrap" justifyContent="center">
          <Button icon="clock-nine" onClick={lookBack}>
            {t('app.no-profiles.last-day', 'Look at the last 24 hours')}
          </Button>
          <LinkButton
            variant="secondary"
            href={locationUtil.assureBaseUrl(`/connections/datasources/edit/${encodeURIComponent(datasourceUid)}`)}
          >
            {t('app.screen.datasource-settings', 'Data source settings')}
          </LinkButton>
        </Stack>
      }
    >
      {loading && <LoadingPlaceholder text={t('app.no-profiles.asking-why', 'Looking for the reason…')} />}
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <Trans i18nKey="app.no-profiles.how-to-send">
        Programs send profiles with the Pyroscope SDK of their language, or Grafana Alloy collects them; the data source
        must point at the server they are sent to.
      </Trans>
    </EmptyState>
  );
}

import React from 'react';

import { locationUtil, rangeUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, EmptyState, LinkButton, LoadingPlaceholder, Stack } from '@grafana/ui';

import type { ServicesOverview } from './ServicesOverview';

interface Props {
  model: ServicesOverview;
  /** Why there are none, in the backend's words; none while it is being asked. */
  reasons: string[];
  datasourceUid: string;
  loading: boolean;
}

/** No service sent profiles in the range: why, as far as it is known, and what to do next. */
export function NoServices({ model, reasons, datasourceUid, loading }: Props) {
  const timeRange = sceneGraph.getTimeRange(model);
  const lookBack = () => timeRange.onTimeRangeChange(rangeUtil.convertRawToRange({ from: 'now-24h', to: 'now' }));
  return (
    <EmptyState
      variant="call-to-action"
      message={t('app.services.none', 'No service sent profiles in this time range')}
      button={
        <Stack wrap="wrap" justifyContent="center">
          <Button icon="clock-nine" onClick={lookBack}>
            {t('app.services.last-day', 'Look at the last 24 hours')}
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
      {loading && <LoadingPlaceholder text={t('app.services.asking-why', 'Looking for the reason…')} />}
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <Trans i18nKey="app.services.how-to-send">
        Programs send profiles with the Pyroscope SDK of their language, or Grafana Alloy collects them; the data source
        must point at the server they are sent to.
      </Trans>
    </EmptyState>
  );
}

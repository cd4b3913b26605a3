import React, { useCallback } from 'react';

import { dateTimeFormatTimeAgo, LoadingState } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { Alert, LinkButton, Stack } from '@grafana/ui';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { RAW } from '../../../flamegraph/raw';
import { useDatasourceUid } from '../../screen/datasourceOf';
import { failureOf } from '../../screen/failureOf';

import { datasourceHealth } from './datasourceHealth';
import { type HealthProbe, ingestDelayOf } from './HealthProbe';
import { isLate, lastProfile } from './lastProfile';
import { useRunbookContext } from './RunbookContext';

/** Says when profiling itself is late or unhealthy: then the pictures below may miss what happened. Nothing else. */
export function HealthBanner({ model }: SceneComponentProps<HealthProbe>) {
  const datasourceUid = useDatasourceUid(model);
  const { service } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const ask = useCallback(() => datasourceHealth(datasourceUid), [datasourceUid]);
  const { value: health } = useAnswer(ask);
  if (health && !health.healthy) {
    return (
      <Banner
        severity="error"
        title={t('app.runbooks.health.unhealthy', 'Profiling itself is unhealthy')}
        text={health.message}
        slug="ingester-down"
      />
    );
  }
  const failed = failureOf(data);
  // A runner without queries is done as well: without a request nothing was asked yet, so that nothing is late.
  if (failed !== undefined || service === undefined || data?.state !== LoadingState.Done || !data.request) {
    return null;
  }
  const last = lastProfile(data.series);
  // The range that was asked for ended when it was asked.
  if (!isLate(last, ingestDelayOf(datasourceUid), data.timeRange.to.valueOf())) {
    return null;
  }
  const values = { service, ago: last === undefined ? '' : dateTimeFormatTimeAgo(last), ...RAW };
  return (
    <Banner
      severity="warning"
      title={t('app.runbooks.health.late', 'Profiles of {{service}} are late', values)}
      text={
        last === undefined
          ? t(
              'app.runbooks.health.none',
              'None came in the last hour. Pictures of the incident’s range hold what was there then; what happens now is not seen.',
              values
            )
          : t(
              'app.runbooks.health.last',
              'The last one came {{ago}}. Pictures that reach until now may miss the end of what happened.',
              values
            )
      }
      slug="profiling-gaps"
    />
  );
}

interface BannerProps {
  severity: 'warning' | 'error';
  title: string;
  text: string;
  slug: string;
}

function Banner({ severity, title, text, slug }: BannerProps) {
  const { runbookUrl } = useRunbookContext();
  return (
    <div>
      <Alert severity={severity} title={title}>
        <Stack direction="column" gap={1}>
          <span>{text}</span>
          <div>
            <LinkButton size="sm" variant="secondary" href={runbookUrl(slug)}>
              {t('app.runbooks.health.runbook', 'Open the runbook for this')}
            </LinkButton>
          </div>
        </Stack>
      </Alert>
    </div>
  );
}

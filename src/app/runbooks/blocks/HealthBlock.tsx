import React, { useCallback } from 'react';

import { dateTimeFormatTimeAgo } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Stack } from '@grafana/ui';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { RAW } from '../../../flamegraph/raw';
import type { LiveBlock } from '../model/liveBlock';
import { datasourceHealth } from '../page/datasourceHealth';
import type { HealthProbe } from '../page/HealthProbe';
import { lastProfile } from '../page/lastProfile';

import { BlockFrame } from './BlockFrame';

interface Props {
  block: LiveBlock;
  datasourceUid: string;
  probe: HealthProbe;
}

/** What the profile server says of itself, and when the service's last profile came. */
export function HealthBlock({ block, datasourceUid, probe }: Props) {
  const { service } = probe.useState();
  const { data } = sceneGraph.getData(probe).useState();
  const ask = useCallback(() => datasourceHealth(datasourceUid), [datasourceUid]);
  const { value: health } = useAnswer(ask);
  const last = data && lastProfile(data.series);
  return (
    <BlockFrame title={block.title ?? t('app.runbooks.health.title', 'The profile server now')}>
      <Stack direction="column" gap={0.5}>
        <span>{health?.message ?? t('app.runbooks.health.asking', 'Asking the data source…')}</span>
        {service !== undefined && last !== undefined && (
          <span>
            {t('app.runbooks.health.last-of', 'The last profile of {{service}} came {{ago}}.', {
              service,
              ago: dateTimeFormatTimeAgo(last),
              ...RAW,
            })}
          </span>
        )}
      </Stack>
    </BlockFrame>
  );
}

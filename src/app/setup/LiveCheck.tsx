import React, { useEffect, useState } from 'react';

import { locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, LinkButton, Spinner, Stack } from '@grafana/ui';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { describeProfileType } from '../../datasource/profileTypes/wording';
import { RAW } from '../../flamegraph/raw';
import { profilesUrl } from '../../links/appUrl';
import { fetchResourceOf } from '../resources/fetchResource';

import { type Arrival, firstProfileOf } from './firstProfile';

/** After how long a wait is worth a hint, in ms: the slowest SDK sends once a minute. */
const LONG = 90_000;

/** Waits for the first profile of a service, and says when it is there. Another service needs another key. */
export function LiveCheck({ service, datasourceUid }: { service: string; datasourceUid: string }) {
  const [arrival, setArrival] = useState<Arrival>();
  useEffect(() => {
    const waiting = firstProfileOf(service, fetchResourceOf(datasourceUid)).subscribe(setArrival);
    return () => waiting.unsubscribe();
  }, [service, datasourceUid]);
  if (arrival?.state === 'arrived') {
    return <Arrived service={service} datasourceUid={datasourceUid} profileTypes={arrival.profileTypes} />;
  }
  if (arrival?.state === 'failed') {
    return (
      <Alert severity="warning" title={t('app.setup.check-failed', 'The profile server cannot be asked; trying again')}>
        {arrival.reason}
      </Alert>
    );
  }
  const isLong = arrival !== undefined && arrival.waited > LONG;
  return (
    <Alert
      severity="info"
      title={t('app.setup.waiting', 'Waiting for the first profile of {{service}}', { service, ...RAW })}
    >
      <Stack alignItems="center">
        <Spinner inline />
        {isLong ? (
          <Trans i18nKey="app.setup.waiting-long">
            Nothing yet. Does the program run, with this name and this address? Can it reach the address from where it
            runs? What does it log? A server with tenants takes only profiles with the right one.
          </Trans>
        ) : (
          <Trans i18nKey="app.setup.waiting-text">
            Asked every five seconds. SDKs send the first profile after ten seconds to a minute.
          </Trans>
        )}
      </Stack>
    </Alert>
  );
}

interface ArrivedProps {
  service: string;
  datasourceUid: string;
  profileTypes: string[];
}

function Arrived({ service, datasourceUid, profileTypes }: ArrivedProps) {
  const href = profilesUrl({ datasourceUid, service, profileTypeId: firstChoice(profileTypes), range: NOW });
  const types = profileTypes.map((id) => describeProfileType(id).title).join(', ');
  return (
    <Alert severity="success" title={t('app.setup.arrived', 'Profiles of {{service}} arrive', { service, ...RAW })}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>{types}</span>
        <LinkButton size="sm" href={locationUtil.assureBaseUrl(href)}>
          {t('app.setup.open', 'Open its flame graph')}
        </LinkButton>
      </Stack>
    </Alert>
  );
}

const NOW = { from: 'now-15m', to: 'now' };

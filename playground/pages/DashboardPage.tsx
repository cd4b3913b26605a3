import React, { useMemo } from 'react';
import { useParams } from 'react-router-dom';
import { useAsync } from 'react-use';

import { getBackendSrv } from '@grafana/runtime';
import { UrlSyncContextProvider } from '@grafana/scenes';
import { Alert, LinkButton, LoadingPlaceholder, Stack, Text } from '@grafana/ui';

import type { DashboardModel } from '../dashboards/dashboardModel';
import { toScene } from '../dashboards/toScene';

function Dashboard({ model }: { model: DashboardModel }) {
  const scene = useMemo(() => toScene(model), [model]);
  return (
    <Stack direction="column" gap={1}>
      <Stack justifyContent="space-between">
        <Text element="h1" variant="h4">
          {model.title}
        </Text>
        <Stack>
          {model.links?.map(({ title, url }) =>
            url ? (
              <LinkButton key={title} size="sm" variant="secondary" href={url}>
                {title}
              </LinkButton>
            ) : null
          )}
        </Stack>
      </Stack>
      <UrlSyncContextProvider scene={scene} updateUrlOnInit={false} createBrowserHistorySteps>
        <scene.Component model={scene} />
      </UrlSyncContextProvider>
    </Stack>
  );
}

/** A dashboard that the app brings along, drawn from its file. */
export function DashboardPage() {
  const { uid = '' } = useParams();
  const { value, error } = useAsync(
    (): Promise<{ dashboard: DashboardModel }> =>
      getBackendSrv().get(`/api/dashboards/uid/${uid}`, undefined, undefined, { showErrorAlert: false }),
    [uid]
  );
  if (error) {
    return (
      <Alert severity="error" title={`There is no dashboard ${uid}`}>
        The playground shows the dashboards that the app&apos;s plugin.json includes.
      </Alert>
    );
  }
  return value ? <Dashboard key={uid} model={value.dashboard} /> : <LoadingPlaceholder text="Loading the dashboard…" />;
}

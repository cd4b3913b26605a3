import React, { useState } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { useAsync } from 'react-use';

import { PluginContextProvider } from '@grafana/data';
import { locationSearchToObject } from '@grafana/runtime';
import { Alert, EmptyState, ErrorBoundaryAlert, LoadingPlaceholder, Tab, TabContent, TabsBar, Text } from '@grafana/ui';

import { importAppPlugin } from '../plugins/pluginLoader';

/** The app plugin's configuration pages, which Grafana shows below /plugins/<its id>. */
export function AppConfigPage() {
  const { pluginId = '' } = useParams();
  const { search } = useLocation();
  const { value: plugin, error } = useAsync(() => importAppPlugin(pluginId), [pluginId]);
  const [chosen, choose] = useState<string>();
  if (error) {
    return (
      <Alert severity="error" title="The app did not load">
        {error.message}
      </Alert>
    );
  }
  if (!plugin) {
    return <LoadingPlaceholder text="Loading the app…" />;
  }
  const pages = plugin.configPages ?? [];
  const page = pages.find(({ id }) => id === chosen) ?? pages[0];
  return (
    <>
      <Text element="h1">{plugin.meta.name}</Text>
      {page ? (
        <PluginContextProvider meta={plugin.meta}>
          <TabsBar>
            {pages.map(({ id, title }) => (
              <Tab key={id} label={title} active={id === page.id} onChangeTab={() => choose(id)} />
            ))}
          </TabsBar>
          <TabContent>
            <ErrorBoundaryAlert dependencies={[page]}>
              <page.body plugin={plugin} query={locationSearchToObject(search)} />
            </ErrorBoundaryAlert>
          </TabContent>
        </PluginContextProvider>
      ) : (
        <EmptyState variant="not-found" message="The app has no configuration page" />
      )}
    </>
  );
}

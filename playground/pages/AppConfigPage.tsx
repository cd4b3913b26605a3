import React, { useState } from 'react';
import { useLocation } from 'react-router-dom';

import { type AppPlugin, PluginContextProvider } from '@grafana/data';
import { locationSearchToObject } from '@grafana/runtime';
import { EmptyState, ErrorBoundaryAlert, Tab, TabContent, TabsBar, Text } from '@grafana/ui';

import { LoadedApp } from './LoadedApp';

/** The app plugin's configuration pages, which Grafana shows below /plugins/<its id>. */
export function AppConfigPage() {
  return <LoadedApp>{(plugin) => <ConfigPages plugin={plugin} />}</LoadedApp>;
}

function ConfigPages({ plugin }: { plugin: AppPlugin }) {
  const { search } = useLocation();
  const [chosen, choose] = useState<string>();
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

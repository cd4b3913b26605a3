import React from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { useAsync } from 'react-use';

import { PluginContextProvider } from '@grafana/data';
import { locationSearchToObject } from '@grafana/runtime';
import { Alert, ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';

import { importAppPlugin } from '../plugins/pluginLoader';

/** The app plugin's own pages, below /a/<its id>/. */
export function AppPage() {
  const { pluginId = '' } = useParams();
  const { pathname, search } = useLocation();
  const { value: plugin, error } = useAsync(() => importAppPlugin(pluginId), [pluginId]);
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
  if (!plugin.root) {
    return <Alert severity="warning" title="The app has no pages" />;
  }
  return (
    <PluginContextProvider meta={plugin.meta}>
      <ErrorBoundaryAlert style="page" dependencies={[plugin]}>
        <plugin.root
          meta={plugin.meta}
          basename={pathname}
          path={pathname}
          query={locationSearchToObject(search)}
          onNavChanged={() => {}}
        />
      </ErrorBoundaryAlert>
    </PluginContextProvider>
  );
}

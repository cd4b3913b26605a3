import React from 'react';
import { useLocation } from 'react-router-dom';

import { PluginContextProvider } from '@grafana/data';
import { locationSearchToObject } from '@grafana/runtime';
import { Alert, ErrorBoundaryAlert } from '@grafana/ui';

import { LoadedApp } from './LoadedApp';

/** The app plugin's own pages, below /a/<its id>/. */
export function AppPage() {
  const { pathname, search } = useLocation();
  return (
    <LoadedApp>
      {(plugin) =>
        plugin.root ? (
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
        ) : (
          <Alert severity="warning" title="The app has no pages" />
        )
      }
    </LoadedApp>
  );
}

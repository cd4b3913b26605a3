import React from 'react';
import { createRoot } from 'react-dom/client';
import { Navigate, Route, Routes } from 'react-router-dom';

import { LocationServiceProvider, config, locationService } from '@grafana/runtime';
import { EmptyState, ErrorBoundaryAlert, GlobalStyles, PortalContainer, ThemeContext } from '@grafana/ui';

import { AppConfigPage } from './pages/AppConfigPage';
import { AppPage } from './pages/AppPage';
import { DashboardPage } from './pages/DashboardPage';
import { DataSourcePage } from './pages/DataSourcePage';
import { ExplorePage } from './pages/explore/ExplorePage';
import { SpansPage } from './pages/spans/SpansPage';
import { shareModules } from './plugins/sharedModules';
import { startRuntime } from './runtime/startRuntime';
import { Notifications } from './shell/Notifications';
import { PageRouter } from './shell/PageRouter';
import { Shell } from './shell/Shell';

function Page() {
  return (
    <ThemeContext.Provider value={config.theme2}>
      <GlobalStyles />
      <ErrorBoundaryAlert style="page">
        <LocationServiceProvider service={locationService}>
          <PageRouter>
            <Shell>
              <Routes>
                <Route path="/" element={<Navigate to="/explore" replace />} />
                <Route path="/explore" element={<ExplorePage />} />
                <Route path="/a/:pluginId/*" element={<AppPage />} />
                <Route path="/playground/spans" element={<SpansPage />} />
                <Route path="/d/:uid/*" element={<DashboardPage />} />
                <Route path="/connections/datasources/edit/:uid" element={<DataSourcePage />} />
                <Route path="/plugins/:pluginId" element={<AppConfigPage />} />
                <Route
                  path="*"
                  element={
                    <EmptyState variant="not-found" message="The playground has no such page">
                      A real Grafana may have it.
                    </EmptyState>
                  }
                />
              </Routes>
            </Shell>
            <Notifications />
          </PageRouter>
        </LocationServiceProvider>
      </ErrorBoundaryAlert>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

/** Draws the page into the given element once everything that Grafana's core would have set is set. */
async function start(element: HTMLElement) {
  await startRuntime();
  shareModules();
  createRoot(element).render(<Page />);
}

const element = document.getElementById('reactRoot');
if (element) {
  start(element).catch((error: unknown) => {
    element.textContent = `The playground did not start: ${error instanceof Error ? error.message : String(error)}`;
  });
}

import { configure, render } from '@testing-library/react';
import React, { type ReactNode, useLayoutEffect, useState } from 'react';
import { type Navigator, Route, Router, Routes } from 'react-router-dom';

import { type AppPluginMeta, PluginContextProvider } from '@grafana/data';
import { locationService, LocationServiceProvider } from '@grafana/runtime';
import type { SceneAppPage } from '@grafana/scenes';

// A busy machine draws slowly.
configure({ asyncUtilTimeout: 10_000 });

// jsdom cannot scroll; lists of rows put the window where it was.
window.scrollTo = () => undefined;

/** Of the app's meta the screens use the id alone. */
const META = { id: 'flamewatch-profiles-app' } as AppPluginMeta;

/** Draws a page of the app at Grafana's own location. */
export function openPage(page: SceneAppPage) {
  return openAt(page.state.url, <page.Component model={page} />);
}

/** Draws what stands at and below a path at Grafana's own location. */
export function openAt(path: string, element: ReactNode) {
  return render(
    <LocationServiceProvider service={locationService}>
      <PluginContextProvider meta={META}>
        <GrafanasRouter>
          <Routes>
            <Route path="*" element={null} />
            <Route path={`${path}/*`} element={element} />
          </Routes>
        </GrafanasRouter>
      </PluginContextProvider>
    </LocationServiceProvider>
  );
}

/** The router's location is that of Grafana's locationService, whose history is of an older kind than the router's. */
function GrafanasRouter({ children }: { children: ReactNode }) {
  const history = locationService.getHistory();
  const [location, setLocation] = useState(history.location);
  // Before the effects of what is drawn, which may lead elsewhere at once.
  useLayoutEffect(() => history.listen((next: typeof location) => setLocation(next)), [history]);
  return (
    <Router location={location} navigator={history as unknown as Navigator} future={{ v7_relativeSplatPath: false }}>
      {children}
    </Router>
  );
}

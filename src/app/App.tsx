import { memoize } from 'lodash';
import React from 'react';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';

import type { AppRootProps } from '@grafana/data';
import { SceneApp, useSceneApp } from '@grafana/scenes';

import { alertsPage } from './alerts/alertsPage';
import { capturesPage } from './captures/capturesPage';
import { comparePage } from './compare/comparePage';
import { coveragePage } from './coverage/coveragePage';
import { diagnosticsPage } from './diagnostics/diagnosticsPage';
import { explorePage } from './explore/explorePage';
import { learnPage, lessonPage } from './learn/learnPages';
import { regressionsPage } from './regressions/regressionsPage';
import { RunbookRoute } from './runbooks/RunbookRoute';
import { runbookPage, runbooksPage } from './runbooks/runbooksPages';
import { NoSuchScreen } from './screen/NoSuchScreen';
import { servicesPage } from './services/servicesPage';
import type { AppSettings } from './settings';
import { setupPage } from './setup/setupPage';
import { tracesPage } from './traces/tracesPage';

/** Scenes keeps one app a factory, with what its screens show; other settings make another app. */
const factoryOf = memoize(
  (settings: AppSettings) => () =>
    new SceneApp({
      pages: [
        servicesPage(settings),
        explorePage(settings),
        comparePage(settings),
        regressionsPage(settings),
        runbooksPage(settings),
        capturesPage(settings),
        alertsPage(settings),
        setupPage(settings),
        coveragePage(settings),
        learnPage(settings),
        tracesPage(settings),
        diagnosticsPage(settings),
      ],
      name: 'flamewatch',
    }),
  (settings) => JSON.stringify(settings)
);

function Screens({ settings }: { settings: AppSettings }) {
  const app = useSceneApp(factoryOf(settings));
  const { pages } = app.useState();
  const { '*': path = '' } = useParams();
  const place = path.replace(/\/+$/, '');
  const [, room, slug] = /^(runbooks|learn)\/([^/]+)$/.exec(place) ?? [];
  const list = pages.find((page) => page.state.routePath === `${room}/*`);
  if (list && room !== undefined && slug !== undefined) {
    const makePage = room === 'learn' ? lessonPage : runbookPage;
    return <RunbookRoute room={room} slug={slug} list={list} settings={settings} makePage={makePage} />;
  }
  // The other screens have no pages below them; Scenes would draw nothing, or a page of its own without a way on.
  const isScreen = pages.some(({ state }) => state.routePath === `${place}/*`);
  return isScreen ? <app.Component model={app} /> : <NoSuchScreen screens={pages.map(({ state }) => state)} />;
}

/** The app below /a/<its id>/. Scenes must stand under a route of `*`: its own routes are relative to the parent's. */
export default function App({ meta }: AppRootProps<AppSettings>) {
  return (
    <Routes>
      <Route index element={<Navigate to="services" replace />} />
      <Route path="*" element={<Screens settings={meta.jsonData ?? {}} />} />
    </Routes>
  );
}

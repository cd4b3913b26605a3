import React, { lazy, Suspense } from 'react';

import type { AppRootProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';

import { ScreenBoundary } from './screen/ScreenBoundary';
import type { AppSettings } from './settings';

const App = lazy(() => import('./App'));

/** Keeps Scenes and every screen out of module.js, which Grafana loads for each page. */
export function LazyApp(props: AppRootProps<AppSettings>) {
  return (
    <ScreenBoundary page={PluginPage}>
      <Suspense fallback={<LoadingPlaceholder text={t('app.loading', 'Loading Flamewatch…')} />}>
        <App {...props} />
      </Suspense>
    </ScreenBoundary>
  );
}

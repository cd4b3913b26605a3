import React, { lazy, Suspense } from 'react';

import type { AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { t } from '@grafana/i18n';

import type { AppSettings } from './settings';

const App = lazy(() => import('./App'));

/** Keeps Scenes and every screen out of module.js, which Grafana loads for each page. */
export function LazyApp(props: AppRootProps<AppSettings>) {
  return (
    <Suspense fallback={<LoadingPlaceholder text={t('app.loading', 'Loading Flamewatch…')} />}>
      <App {...props} />
    </Suspense>
  );
}

import React, { lazy, Suspense } from 'react';

import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';

import { ScreenBoundary } from './screen/ScreenBoundary';
import type { AppSettings } from './settings';

const ConfigurationPage = lazy(async () => ({
  default: (await import('./configuration/ConfigurationPage')).ConfigurationPage,
}));

/** The configuration page as a chunk of its own; see LazyApp. */
export function LazyConfiguration(props: PluginConfigPageProps<AppPluginMeta<AppSettings>>) {
  return (
    <ScreenBoundary>
      <Suspense fallback={<LoadingPlaceholder text={t('app.loading', 'Loading Flamewatch…')} />}>
        <ConfigurationPage {...props} />
      </Suspense>
    </ScreenBoundary>
  );
}

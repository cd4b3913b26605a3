import React from 'react';

import type { AppRootProps } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { t } from '@grafana/i18n';
import { EmptyState } from '@grafana/ui';

export default function App(_: AppRootProps) {
  return (
    <PluginPage>
      <EmptyState variant="not-found" message={t('app.not-found', 'There is no such page')} />
    </PluginPage>
  );
}

import React from 'react';

import { t } from '@grafana/i18n';
import { Button, EmptyState } from '@grafana/ui';

/** Shown where the user cancelled the loading of what would be here. */
export function LoadingCancelled({ onRetry }: { onRetry: () => void }) {
  return (
    <EmptyState
      variant="not-found"
      hideImage
      message={t('app.screen.cancelled', 'Loading was cancelled')}
      button={
        <Button icon="sync" onClick={onRetry}>
          {t('app.screen.try-again', 'Try again')}
        </Button>
      }
    />
  );
}

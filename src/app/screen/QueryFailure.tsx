import React from 'react';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, LinkButton, Stack } from '@grafana/ui';

interface Props {
  /** What could not be done. */
  title: string;
  /** Why, as a sentence to act on. */
  reason: string;
  datasourceUid: string;
  onRetry: () => void;
}

/** A question that failed: why, and what can be done about it here. */
export function QueryFailure({ title, reason, datasourceUid, onRetry }: Props) {
  return (
    <div>
      {/* An alert would fill the height of a column by itself. */}
      <Alert severity="error" title={title}>
        <Stack direction="column" gap={1}>
          <span>{reason}</span>
          <Stack wrap="wrap">
            <Button size="sm" icon="sync" onClick={onRetry}>
              {t('app.screen.try-again', 'Try again')}
            </Button>
            <LinkButton
              size="sm"
              variant="secondary"
              href={locationUtil.assureBaseUrl(`/connections/datasources/edit/${encodeURIComponent(datasourceUid)}`)}
            >
              {t('app.screen.datasource-settings', 'Data source settings')}
            </LinkButton>
          </Stack>
        </Stack>
      </Alert>
    </div>
  );
}

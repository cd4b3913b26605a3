import React from 'react';

import { Trans, t } from '@grafana/i18n';
import { Alert, Button, Stack } from '@grafana/ui';

import type { Answer } from '../resources/useAnswer';

/** Why the profile types are not there, and a way to ask again; nothing while there is no failure. */
export function TypesFailure({ types: { failure, retry } }: { types: Answer<string[]> }) {
  if (failure === undefined) {
    return null;
  }
  return (
    <Alert
      severity="error"
      title={t('datasource.types-failure.title', 'The profile types could not be listed')}
      bottomSpacing={0}
    >
      <Stack direction="column" alignItems="flex-start" gap={1}>
        {failure}
        <Button type="button" size="sm" variant="secondary" icon="sync" onClick={retry}>
          <Trans i18nKey="datasource.types-failure.retry">Try again</Trans>
        </Button>
      </Stack>
    </Alert>
  );
}

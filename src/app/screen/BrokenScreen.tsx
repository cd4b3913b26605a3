import React from 'react';
import { useLocation } from 'react-router-dom';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, LinkButton, Stack, Text } from '@grafana/ui';

interface Props {
  error: Error;
  onRetry: () => void;
}

/** What stands in the place of a screen that threw: why, and what can be done about it here. */
export function BrokenScreen({ error, onRetry }: Props) {
  const { pathname } = useLocation();
  return isMissingCode(error) ? (
    <Alert severity="error" title={t('app.screen.not-loaded', 'A part of Flamewatch could not be loaded')}>
      <Stack direction="column" gap={2}>
        <Text>
          {t(
            'app.screen.not-loaded-why',
            'Either the connection to Grafana broke, or Flamewatch was updated since this page was opened. Reload the page.'
          )}
        </Text>
        <div>
          {/* React keeps what failed to load as failed: trying again would not ask the server. */}
          <Button icon="sync" onClick={() => window.location.reload()}>
            {t('app.screen.reload', 'Reload the page')}
          </Button>
        </div>
        <Details error={error} />
      </Stack>
    </Alert>
  ) : (
    <Alert severity="error" title={t('app.screen.broken', 'This screen broke')}>
      <Stack direction="column" gap={2}>
        <Text>{error.message || error.name}</Text>
        <Stack wrap="wrap">
          <Button icon="sync" onClick={onRetry}>
            {t('app.screen.try-again', 'Try again')}
          </Button>
          {/* The state in the URL may be what breaks the screen; a fresh page has none. */}
          <LinkButton variant="secondary" href={locationUtil.assureBaseUrl(pathname)} target="_self">
            {t('app.screen.start-over', 'Start over')}
          </LinkButton>
        </Stack>
        <Details error={error} />
      </Stack>
    </Alert>
  );
}

/** The name that webpack gives the error when a chunk of ours does not come. */
function isMissingCode({ name }: Error): boolean {
  return name === 'ChunkLoadError';
}

function Details({ error }: { error: Error }) {
  return (
    <details>
      <summary>{t('app.screen.details', 'Details for a bug report')}</summary>
      <pre>{error.stack ?? error.message}</pre>
    </details>
  );
}

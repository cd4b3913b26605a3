import React, { type ReactNode, useState } from 'react';
import { useLocation } from 'react-router-dom';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Alert, Button, ErrorBoundary, LinkButton, Stack, Text } from '@grafana/ui';

/** Says why a screen broke, and lets it be tried again or started over; the rest of Grafana stays. */
export function ScreenBoundary({ children }: { children: ReactNode }) {
  const [attempt, setAttempt] = useState(0);
  const { pathname } = useLocation();
  return (
    <ErrorBoundary dependencies={[attempt, pathname]}>
      {({ error }) =>
        error ? (
          <PluginPage>
            <Alert severity="error" title={t('app.screen.broken', 'This screen broke')}>
              <Stack direction="column" gap={2}>
                <Text>{error.message || error.name}</Text>
                <Stack wrap="wrap">
                  <Button icon="sync" onClick={() => setAttempt(attempt + 1)}>
                    {t('app.screen.try-again', 'Try again')}
                  </Button>
                  {/* The state in the URL may be what breaks the screen; a fresh page has none. */}
                  <LinkButton variant="secondary" href={locationUtil.assureBaseUrl(pathname)} target="_self">
                    {t('app.screen.start-over', 'Start over')}
                  </LinkButton>
                </Stack>
                <details>
                  <summary>{t('app.screen.details', 'Details for a bug report')}</summary>
                  <pre>{error.stack}</pre>
                </details>
              </Stack>
            </Alert>
          </PluginPage>
        ) : (
          children
        )
      }
    </ErrorBoundary>
  );
}

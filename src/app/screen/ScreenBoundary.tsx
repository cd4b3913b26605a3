import React, { type ComponentType, Fragment, type ReactNode, useState } from 'react';
import { useLocation } from 'react-router-dom';

import { ErrorBoundary } from '@grafana/ui';

import { BrokenScreen } from './BrokenScreen';

interface Props {
  /** Grafana's page around what says that a screen broke, where that screen would have drawn it. */
  page?: ComponentType<{ children: ReactNode }>;
  children: ReactNode;
}

/** Says why a screen broke, and lets it be tried again or started over; the rest of Grafana stays. */
export function ScreenBoundary({ page: Page = Fragment, children }: Props) {
  const [attempt, setAttempt] = useState(0);
  const { pathname } = useLocation();
  return (
    <ErrorBoundary dependencies={[attempt, pathname]}>
      {({ error }) =>
        error ? (
          <Page>
            <BrokenScreen error={error} onRetry={() => setAttempt(attempt + 1)} />
          </Page>
        ) : (
          children
        )
      }
    </ErrorBoundary>
  );
}

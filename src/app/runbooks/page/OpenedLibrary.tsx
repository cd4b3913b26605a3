import React, { type ReactNode } from 'react';

import { t } from '@grafana/i18n';
import { Alert, LoadingPlaceholder } from '@grafana/ui';

import type { Library } from '../model/library';
import type { useLibrary } from './useLibrary';

interface Props {
  opened: ReturnType<typeof useLibrary>;
  /** Shown while the texts are on their way. */
  loading: string;
  /** What could not be done. */
  notLoaded: string;
  children: (library: Library) => ReactNode;
}

/** What stands in a library, once it is there: the texts are a chunk of their own, which can fail to arrive. */
export function OpenedLibrary({ opened: { library, failure, retry }, loading, notLoaded, children }: Props) {
  if (failure !== undefined) {
    return (
      <Alert severity="error" title={notLoaded} buttonContent={t('app.screen.try-again', 'Try again')} onRemove={retry}>
        {failure}
      </Alert>
    );
  }
  return library ? <>{children(library)}</> : <LoadingPlaceholder text={loading} />;
}

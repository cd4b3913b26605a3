import React from 'react';

import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';

/** The address names files that are not open: it was opened anew, or comes from somebody else. */
export function FilesGone({ names, onForget }: { names: readonly string[]; onForget: () => void }) {
  return (
    <div>
      <Alert
        severity="info"
        title={t('app.files.gone', 'Open {{names}} again', { names: names.join(', '), ...RAW })}
        onRemove={onForget}
      >
        {t(
          'app.files.gone-text',
          'Files stay in the browser in which they were opened, and are gone with the page. Drop them again, and they are shown as this address says.'
        )}
      </Alert>
    </div>
  );
}

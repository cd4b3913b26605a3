import React from 'react';

import { t } from '@grafana/i18n';
import { Alert, ClipboardButton } from '@grafana/ui';

import { describeProfile } from './profileKinds';
import type { CaptureAsk } from './takeCapture';

interface Props {
  ask: CaptureAsk;
  sentence: string;
  remedy?: string;
}

/** Why a capture failed, and what to apply where that is known. */
export function CaptureFailed({ ask, sentence, remedy }: Props) {
  return (
    <Alert
      severity="error"
      title={t('app.captures.failed', 'The capture failed: {{profile}}', {
        profile: describeProfile(ask.profile).label,
      })}
    >
      <div>{sentence}</div>
      {remedy !== undefined && (
        <details>
          <summary>{t('app.captures.remedy', 'The ClusterRole it needs')}</summary>
          <pre>{remedy}</pre>
          <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => remedy}>
            {t('app.captures.remedy-copy', 'Copy')}
          </ClipboardButton>
        </details>
      )}
    </Alert>
  );
}

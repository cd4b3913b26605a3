import { css } from '@emotion/css';
import React from 'react';

import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';

import { describeProfile } from './profileKinds';
import type { Running } from './useCaptureSession';

interface Props {
  running: Running;
  onCancel: () => void;
}

/** How far a capture is, and its end before its time. */
export function CaptureUnderWay({ running, onCancel }: Props) {
  const styles = useStyles2(getStyles);
  const { step, of, ask, progress } = running;
  const { label } = describeProfile(ask.profile);
  return (
    <div className={styles.line} role="status">
      <span>
        {of > 1 && `${step}/${of} · `}
        {label}: {phaseText(running)}
      </span>
      <progress
        className={styles.bar}
        aria-label={t('app.captures.progress', 'Progress of the capture')}
        max={1}
        value={progress && progress.of > 0 ? Math.min(1, progress.elapsed / progress.of) : undefined}
      />
      <Button size="sm" variant="secondary" icon="times" onClick={onCancel}>
        {t('app.captures.cancel', 'Cancel')}
      </Button>
    </div>
  );
}

function phaseText({ progress, received }: Running): string {
  if (received !== undefined) {
    return t('app.captures.phase-receiving', 'receiving');
  }
  if (!progress) {
    return t('app.captures.phase-asking', 'asking');
  }
  const { phase, take, takes, bytes } = progress;
  const elapsed = Math.round(progress.elapsed);
  const words =
    phase === 'waiting'
      ? t('app.captures.phase-waiting', 'waiting between the takes')
      : phase === 'queueing'
        ? t('app.captures.phase-queueing', 'waits for its turn: the program is being profiled by somebody else')
        : bytes > 0
          ? t('app.captures.phase-bytes', '{{size}} received', {
              size: formattedValueToString(getValueFormat('bytes')(bytes)),
            })
          : t('app.captures.phase-recording', 'recording');
  const time = progress.of > 0 ? `${Math.min(elapsed, progress.of)}/${progress.of} s` : `${elapsed} s`;
  return takes > 1 ? `${words} (${take}/${takes}), ${time}` : `${words}, ${time}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
  bar: css({ flex: '1 1 200px', maxWidth: 480, height: 8, colorScheme: theme.colors.mode }),
});

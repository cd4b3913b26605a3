import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import { shareText } from '../facts/shareText';
import { RAW } from '../raw';

/** Says that an inverted tree or a sandwich does not show the callers of its smallest frames, and how to see them. */
export function LeftOutNotice() {
  const styles = useStyles2(getStyles);
  const { leftOut } = useFlameGraph().shape;
  if (!leftOut) {
    return null;
  }
  return (
    <div className={styles.notice} role="note">
      <Icon name="info-circle" size="sm" />
      <span>
        {t('flamegraph.left-out', 'The callers of {{count}} small frames ({{share}} of the profile) are left out.', {
          count: leftOut.frames,
          share: shareText(leftOut.share),
          ...RAW,
        })}{' '}
        {t('flamegraph.left-out-next', 'Keep only the stacks of interest with a filter to see more of them.')}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  notice: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});

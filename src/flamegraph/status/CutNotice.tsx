import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Icon, useStyles2 } from '@grafana/ui';

import { total } from '../../engine/traverse';
import { useFlameGraph } from '../context';
import { cutExplanation } from '../facts/remainder';
import { shareText } from '../facts/shareText';
import { RAW } from '../raw';

/** Smaller remainders hide nothing that could be seen. */
const NOTICED_SHARE = 0.005;

/** How much of the profile the server left out, why, and the way to see it; nothing when little or nothing is missing. */
export function CutNotice() {
  const styles = useStyles2(getStyles);
  const { base, remainder, cut, state } = useFlameGraph();
  const share = remainder.total / total(base, 0);
  if (!(share >= NOTICED_SHARE)) {
    return null;
  }
  return (
    <div className={styles.notice} role="note">
      <Icon name="info-circle" size="sm" />
      <span>
        {t('flamegraph.cut.share', '{{share}} of the profile is in “other”.', { share: shareText(share), ...RAW })}{' '}
        {cutExplanation(cut?.maxNodes)}{' '}
        {remainder.real && t('flamegraph.cut.real', 'A function of this name is in the profile too.')}
      </span>
      {cut?.more && (
        <Button size="sm" fill="text" onClick={() => cut.more?.open(state.focus)}>
          {cut.more.label}
        </Button>
      )}
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

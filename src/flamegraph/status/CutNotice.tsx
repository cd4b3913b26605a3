import React from 'react';

import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';

import { total } from '../../engine/traverse';
import { useFlameGraph } from '../context';
import { cutExplanation } from '../facts/remainder';
import { shareText } from '../facts/shareText';
import { RAW } from '../raw';

import { Notice } from './Notice';

/** Smaller remainders hide nothing that could be seen. */
const NOTICED_SHARE = 0.005;

/** How much of the profile the server left out, why, and the way to see it; nothing when little or nothing is missing. */
export function CutNotice() {
  const { base, remainder, cut, state } = useFlameGraph();
  const share = remainder.total / total(base, 0);
  if (!(share >= NOTICED_SHARE)) {
    return null;
  }
  return (
    <Notice
      action={
        cut?.more && (
          <Button size="sm" fill="text" onClick={() => cut.more?.open(state.focus)}>
            {cut.more.label}
          </Button>
        )
      }
    >
      {t('flamegraph.cut.share', '{{share}} of the profile is in “other”.', { share: shareText(share), ...RAW })}{' '}
      {cutExplanation(cut?.maxNodes)}{' '}
      {remainder.real && t('flamegraph.cut.real', 'A function of this name is in the profile too.')}
    </Notice>
  );
}

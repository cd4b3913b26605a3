import React from 'react';

import { t } from '@grafana/i18n';

import { useFlameGraph } from '../context';
import { shareText } from '../facts/shareText';
import { RAW } from '../raw';

import { Notice } from './Notice';

/** Says that an inverted tree or a sandwich does not show the callers of its smallest frames, and how to see them. */
export function LeftOutNotice() {
  const { leftOut } = useFlameGraph().shape;
  if (!leftOut) {
    return null;
  }
  return (
    <Notice>
      {t('flamegraph.left-out', 'The callers of {{count}} small frames ({{share}} of the profile) are left out.', {
        count: leftOut.frames,
        share: shareText(leftOut.share),
        ...RAW,
      })}{' '}
      {t('flamegraph.left-out-next', 'Keep only the stacks of interest with a filter to see more of them.')}
    </Notice>
  );
}

import React from 'react';

import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';

import { total } from '../../engine/traverse';
import { useFlameGraph } from '../context';

/** Says that one side of a diff is empty, or every function would pass for new or for removed. */
export function OneSidedNotice() {
  const { base } = useFlameGraph();
  if (!base.diff) {
    return null;
  }
  const right = base.diff.totalRight[0];
  const left = total(base, 0) - right;
  if (left > 0 && right > 0) {
    return null;
  }
  return left > 0 ? (
    <Alert
      severity="warning"
      title={t('flamegraph.one-sided.comparison', 'The comparison has no profiles, so that everything looks removed')}
    >
      {t('flamegraph.one-sided.next', 'Choose a time, a version or a service that has some.')}
    </Alert>
  ) : (
    <Alert
      severity="warning"
      title={t('flamegraph.one-sided.baseline', 'The baseline has no profiles, so that everything looks new')}
    >
      {t('flamegraph.one-sided.next', 'Choose a time, a version or a service that has some.')}
    </Alert>
  );
}

import { t } from '@grafana/i18n';

import { total } from '../../engine/traverse';
import type { ChangeMeasure } from '../colour/byChange';
import { costChangeText } from '../facts/costText';
import type { Scale } from '../facts/nodeFacts';
import { shareText } from '../facts/shareText';

import type { Call } from './calls';

export interface CallColumn {
  readonly id: string;
  readonly title: string;
  text(call: Call): string;
}

/** What is told of a call: its cost and shares, or in a diff both sides and the change. */
export function callColumns(scale: Scale, measure: ChangeMeasure, pivot: Omit<Call, 'label'>): CallColumn[] {
  const { formatValue, profile, comparisonScale } = scale;
  const real = (right: number) => formatValue(right / comparisonScale);
  if (!profile.diff) {
    return [
      { id: 'total', title: t('flamegraph.calls.value', 'Value'), text: (call) => formatValue(call.total) },
      {
        id: 'of-function',
        title: t('flamegraph.calls.of-function', 'Of the function'),
        text: (call) => shareText(call.total / pivot.total),
      },
      {
        id: 'of-all',
        title: t('flamegraph.calls.of-all', 'Of all'),
        text: (call) => shareText(call.total / total(profile, 0)),
      },
    ];
  }
  return [
    {
      id: 'baseline',
      title: t('flamegraph.table.baseline', 'Baseline'),
      text: (call) => formatValue(call.total - call.totalRight),
    },
    {
      id: 'comparison',
      title: t('flamegraph.table.comparison', 'Comparison'),
      text: (call) => real(call.totalRight),
    },
    {
      id: 'change',
      title: t('flamegraph.table.change', 'Change'),
      text: ({ total: both, totalRight }) => costChangeText(both - totalRight, totalRight, measure, formatValue),
    },
  ];
}

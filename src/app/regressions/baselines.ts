import { t } from '@grafana/i18n';

import type { Baseline } from '../../datasource/query';
import { writeDuration } from '../compare/shiftRange';

/** What the range is held against. */
export const BASELINES = ['before', 'day', 'week', 'version'] as const;
export type BaselineChoice = (typeof BASELINES)[number];

const DAY = 86_400;

/** The baseline as a query writes it. `seconds` is how long the range is. */
export function baselineOf(choice: BaselineChoice, seconds: number): Baseline {
  switch (choice) {
    case 'before':
      return { offset: writeDuration(Math.max(1, Math.round(seconds))) };
    // A range longer than a day would overlap with itself a day earlier.
    case 'day':
      return { offset: writeDuration(atLeast(DAY, seconds)) };
    case 'week':
      return { offset: writeDuration(atLeast(7 * DAY, seconds)) };
    case 'version':
      return { previousVersion: true };
  }
}

function atLeast(period: number, seconds: number): number {
  return Math.max(1, Math.ceil(seconds / period)) * period;
}

export function baselineNames(): Array<{ value: BaselineChoice; label: string; description: string }> {
  return [
    {
      value: 'before',
      label: t('app.regressions.baseline.before', 'The time before'),
      description: t('app.regressions.baseline.before-why', 'As long, right before the range'),
    },
    {
      value: 'day',
      label: t('app.regressions.baseline.day', 'The same time yesterday'),
      description: t('app.regressions.baseline.day-why', 'For load that follows the day'),
    },
    {
      value: 'week',
      label: t('app.regressions.baseline.week', 'The same time last week'),
      description: t('app.regressions.baseline.week-why', 'For load that follows the week'),
    },
    {
      value: 'version',
      label: t('app.regressions.baseline.version', 'The previous version'),
      description: t('app.regressions.baseline.version-why', 'Profiles must carry a label such as version'),
    },
  ];
}

import { t } from '@grafana/i18n';

import type { Draft } from '../../flameql/draft';
import type { ProfilesQuery } from '../query';

/** What regressions are held against: times of the query itself, the version before, or what the builder's fields say. */
export type RegressionBaseline = 'hour' | 'day' | 'week' | 'version' | 'other';

export const OFFSETS = { hour: '1h', day: '1d', week: '1w' } as const;

/** Found service by service when the query is run, so it is no part of a text. */
export function isAgainstPreviousVersion({ queryType, baseline }: ProfilesQuery): boolean {
  return queryType === 'regressions' && baseline?.previousVersion === true;
}

export function regressionBaselineOf(query: ProfilesQuery, { right }: Draft): RegressionBaseline {
  if (isAgainstPreviousVersion(query)) {
    return 'version';
  }
  const time = right?.time;
  if (!right || right.matchers || right.type || !time || !('offset' in time)) {
    return 'other';
  }
  return (Object.keys(OFFSETS) as Array<keyof typeof OFFSETS>).find((key) => OFFSETS[key] === time.offset) ?? 'other';
}

/** What a baseline does, as a sentence. */
export function describeRegressionBaseline(baseline: RegressionBaseline): string {
  switch (baseline) {
    case 'hour':
      return t(
        'datasource.regression.hour-why',
        'The same profiles an hour earlier: finds what changed by itself. A deploy in between is taken into account.'
      );
    case 'day':
      return t(
        'datasource.regression.day-why',
        'The same time yesterday, for load that follows the day. Ranges longer than a day overlap with it.'
      );
    case 'week':
      return t('datasource.regression.week-why', 'The same time last week, for load that follows the week.');
    case 'version':
      return t(
        'datasource.regression.version-why',
        'Of each service the version that ran before the one that runs now: over the same time where both run, else just before the deploy. Profiles must carry a label such as version.'
      );
    case 'other':
      return t('datasource.regression.other-why', 'What the fields of the comparison say.');
  }
}

export function nameOfRegressionBaseline(baseline: RegressionBaseline): string {
  const names: Record<RegressionBaseline, () => string> = {
    hour: () => t('datasource.regression.hour', 'An hour ago'),
    day: () => t('datasource.regression.day', 'Yesterday'),
    week: () => t('datasource.regression.week', 'Last week'),
    version: () => t('datasource.regression.version', 'Previous version'),
    other: () => t('datasource.regression.other', 'Other'),
  };
  return names[baseline]();
}

import { t } from '@grafana/i18n';

import type { SideName } from './SideTimeRange';

export function sideTitle(side: SideName): string {
  return side === 'baseline' ? t('app.compare.baseline', 'Baseline') : t('app.compare.comparison', 'Comparison');
}

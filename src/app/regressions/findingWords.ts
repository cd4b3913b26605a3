import { t } from '@grafana/i18n';
import type { BadgeColor } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { formatCost } from '../services/formatCost';

import type { Finding, FindingKind, FindingStatus } from './findings';

/** What became of the function, in a word. */
export function kindText(kind: FindingKind): string {
  switch (kind) {
    case 'grew':
      return t('app.regressions.kind.grew', 'Grew');
    case 'new':
      return t('app.regressions.kind.new', 'New function');
    case 'leak':
      return t('app.regressions.kind.leak', 'Leak');
    case 'gone':
      return t('app.regressions.kind.gone', 'Function gone');
    case 'shrank':
      return t('app.regressions.kind.shrank', 'Shrank');
    case 'transient':
      return t('app.regressions.kind.transient', 'One peak');
    case 'shifted':
      return t('app.regressions.kind.shifted', 'Moved');
    case 'cut off':
      return t('app.regressions.kind.cut-off', 'Cut off before');
    default:
      return kind;
  }
}

/** Whether the finding is there since lately, for longer, or no more. */
export function statusText(status: FindingStatus): string {
  switch (status) {
    case 'new':
      return t('app.regressions.status.new', 'New');
    case 'ongoing':
      return t('app.regressions.status.ongoing', 'Ongoing');
    case 'gone':
      return t('app.regressions.status.gone', 'Gone');
    default:
      return status;
  }
}

export const STATUS_COLOURS: Record<FindingStatus, BadgeColor> = { new: 'red', ongoing: 'orange', gone: 'green' };

/** What the change costs, with its sign: '+0.42 cores', '+12 MiB/s'; of a leak an hour. */
export function costText({ cost, costUnit, kind }: Pick<Finding, 'cost' | 'costUnit' | 'kind'>): string {
  const text = `${cost > 0 ? '+' : ''}${formatCost(cost, costUnit)}`;
  return kind === 'leak' ? t('app.regressions.an-hour', '{{cost}} an hour', { cost: text, ...RAW }) : text;
}

/** How sure the finding is: the q-value in words, and the number. */
export function confidenceText({ q }: Pick<Finding, 'q'>): string {
  if (q <= 0.001) {
    return t('app.regressions.confidence.very', 'Very sure');
  }
  return q <= 0.05 ? t('app.regressions.confidence.sure', 'Sure') : t('app.regressions.confidence.unsure', 'Not sure');
}

/** By how much: '2.1 ×', or that there was nothing before. */
export function ratioText({ ratio }: Pick<Finding, 'ratio'>): string {
  return ratio === null
    ? t('app.regressions.from-nothing', 'from nothing')
    : t('app.regressions.times', '{{ratio}} ×', { ratio: ratio >= 10 ? Math.round(ratio) : ratio.toFixed(2), ...RAW });
}

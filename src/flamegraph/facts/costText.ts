import { t } from '@grafana/i18n';

import { relativeChange } from '../../engine/change';
import { total } from '../../engine/traverse';

import type { ChangeMeasure } from '../colour/byChange';

import type { FormatValue, Scale } from './nodeFacts';
import { changeText, shareText } from './shareText';

/**
 * A cost in words: its value and its share of the profile, in a diff both sides and the change.
 *
 * @param both value in units of the tree, in a diff both sides added
 * @param right the comparison's part of it
 */
export function costText(both: number, right: number, scale: Scale): string {
  const { formatValue, profile, comparisonScale } = scale;
  if (!profile.diff) {
    return `${formatValue(both)} (${shareText(both / total(profile, 0))})`;
  }
  const left = both - right;
  const change = changeText(relativeChange(left, right), t('flamegraph.facts.new', 'new'));
  return `${formatValue(left)} → ${formatValue(right / comparisonScale)} (${change})`;
}

/** In place of a change: the server cut this off on one side, so that nobody knows. */
export function cutOffText(): string {
  return t('flamegraph.facts.cut-off', 'cut off there');
}

/** A change from left to right as the measure says: '+12%' or '+3 s'; both in units of the tree. */
export function costChangeText(left: number, right: number, measure: ChangeMeasure, formatValue: FormatValue): string {
  if (measure === 'relative') {
    return changeText(relativeChange(left, right), t('flamegraph.facts.new', 'new'));
  }
  const difference = right - left;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '';
  return `${sign}${formatValue(Math.abs(difference))}`;
}

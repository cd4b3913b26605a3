import { t } from '@grafana/i18n';

import type { ChangeMeasure } from '../colour/byChange';
import type { ColourScheme } from '../colour/scheme';

import type { Amount, Change, Direction, Layout } from './flameGraphState';

/** The choices of the view in words; for the toolbar and for a panel's options. */
export interface Option<T> {
  value: T;
  label: string;
  description?: string;
}

export function layoutOptions(): Array<Option<Layout>> {
  return [
    { value: 'table', label: t('flamegraph.layout.table', 'Table') },
    { value: 'flame', label: t('flamegraph.layout.flame', 'Flame graph') },
    { value: 'both', label: t('flamegraph.layout.both', 'Both') },
    { value: 'calls', label: t('flamegraph.layout.calls', 'Calls') },
    { value: 'stacks', label: t('flamegraph.layout.stacks', 'Stacks') },
    { value: 'graph', label: t('flamegraph.layout.graph', 'Call graph') },
  ];
}

export function directionOptions(): Array<Option<Direction>> {
  return [
    { value: 'icicle', label: t('flamegraph.direction.icicle', 'Top') },
    { value: 'flame', label: t('flamegraph.direction.flame', 'Bottom') },
  ];
}

export function amountOptions(): Array<Option<Amount>> {
  return [
    { value: 'share', label: t('flamegraph.amount.share', 'Percent') },
    { value: 'value', label: t('flamegraph.amount.value', 'Value') },
    { value: 'none', label: t('flamegraph.amount.none', 'Name only') },
  ];
}

export function colourOptions(isDiff: boolean): Array<Option<ColourScheme>> {
  const schemes: Array<Option<ColourScheme>> = [
    { value: 'package', label: t('flamegraph.colours.package', 'Package') },
    { value: 'value', label: t('flamegraph.colours.value', 'Value') },
    { value: 'origin', label: t('flamegraph.colours.origin', 'Origin') },
  ];
  return isDiff ? [{ value: 'diff', label: t('flamegraph.colours.diff', 'Change') }, ...schemes] : schemes;
}

export function measureOptions(): Array<Option<ChangeMeasure>> {
  return [
    { value: 'relative', label: t('flamegraph.measure.relative', 'Relative') },
    { value: 'absolute', label: t('flamegraph.measure.absolute', 'Absolute') },
  ];
}

export function changeOptions(): Array<Option<Change>> {
  return [
    { value: 'all', label: t('flamegraph.changes.all', 'All') },
    { value: 'new', label: t('flamegraph.changes.new', 'New') },
    { value: 'removed', label: t('flamegraph.changes.removed', 'Removed') },
    { value: 'grew', label: t('flamegraph.changes.grew', 'Grew') },
    { value: 'shrank', label: t('flamegraph.changes.shrank', 'Shrank') },
  ];
}

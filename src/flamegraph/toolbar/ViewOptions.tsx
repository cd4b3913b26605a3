import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2, SelectableValue } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, RadioButtonGroup, Switch, Toggletip, ToolbarButton, useStyles2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import type { Filter } from '../state/flameGraphState';
import { amountOptions, colourOptions, directionOptions, measureOptions } from '../state/options';

/** How the graph looks and which frames it folds together, in a popover. */
export function ViewOptions({ isNarrow }: { isNarrow: boolean }) {
  const label = t('flamegraph.view.title', 'View');
  return (
    <Toggletip content={<Options />} placement="bottom-end" closeButton title={label}>
      <ToolbarButton icon="sliders-v-alt" aria-label={label} variant="canvas">
        {isNarrow ? undefined : label}
      </ToolbarButton>
    </Toggletip>
  );
}

function Options() {
  const styles = useStyles2(getStyles);
  const { state, change, shape } = useFlameGraph();
  const isDiff = shape.profile.diff !== undefined;
  const has = (kind: Filter['kind']) => state.filters.some((filter) => filter.kind === kind);
  const toggle = (filter: Filter) =>
    change({
      filters: has(filter.kind) ? state.filters.filter(({ kind }) => kind !== filter.kind) : [...state.filters, filter],
    });

  return (
    <div className={styles.options}>
      <Choice
        label={t('flamegraph.view.colours', 'Colour by')}
        options={colourOptions(isDiff)}
        value={state.colours}
        onChange={(colours) => change({ colours })}
      />
      <Choice
        label={t('flamegraph.view.direction', 'Root')}
        options={directionOptions()}
        value={state.direction}
        onChange={(direction) => change({ direction })}
      />
      <Choice
        label={t('flamegraph.view.amount', 'On frames')}
        options={amountOptions()}
        value={state.amount}
        onChange={(amount) => change({ amount })}
      />
      {isDiff && (
        <>
          <Choice
            label={t('flamegraph.view.measure', 'Change')}
            options={measureOptions()}
            value={state.diff.measure}
            onChange={(measure) => change({ diff: { ...state.diff, measure } })}
          />
          <Choice
            label={t('flamegraph.view.normalised', 'Compare')}
            options={[
              { value: true, label: t('flamegraph.view.shares', 'Shares') },
              { value: false, label: t('flamegraph.view.values', 'Values') },
            ]}
            value={state.diff.normalised}
            onChange={(normalised) => change({ diff: { ...state.diff, normalised } })}
          />
        </>
      )}
      <Toggle
        label={t('flamegraph.view.inverted', 'Invert: callees on top')}
        isOn={state.inverted}
        onToggle={() => change({ inverted: !state.inverted, sandwich: undefined, focus: [], window: undefined })}
      />
      <Toggle
        label={t('flamegraph.view.recursion', 'Collapse recursion')}
        isOn={has('recursion')}
        onToggle={() => toggle({ kind: 'recursion', recursion: 'any' })}
      />
      <Toggle
        label={t('flamegraph.view.packages', 'Collapse packages')}
        isOn={has('packages')}
        onToggle={() => toggle({ kind: 'packages' })}
      />
      <Toggle
        label={t('flamegraph.view.small', 'Collapse frames below 0.1%')}
        isOn={has('small')}
        onToggle={() => toggle({ kind: 'small', share: 0.001 })}
      />
    </div>
  );
}

interface ChoiceProps<T> {
  readonly label: string;
  readonly options: Array<SelectableValue<T> & { value: T }>;
  readonly value: T;
  onChange(value: T): void;
}

function Choice<T>({ label, options, value, onChange }: ChoiceProps<T>) {
  return (
    <Field label={label} noMargin>
      <RadioButtonGroup size="sm" options={options} value={value} onChange={onChange} />
    </Field>
  );
}

function Toggle({ label, isOn, onToggle }: { label: string; isOn: boolean; onToggle(): void }) {
  const styles = useStyles2(getStyles);
  return (
    <label className={styles.toggle}>
      <Switch value={isOn} onChange={onToggle} aria-label={label} />
      {label}
    </label>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  options: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 240 }),
  toggle: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), margin: 0 }),
});

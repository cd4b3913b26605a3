import { css } from '@emotion/css';
import React, { useCallback, useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, type ComboboxOption, MultiCombobox, useStyles2 } from '@grafana/ui';

import { isRegexOp, type MatchOp, type Matcher } from '../../flameql/query';
import { RAW } from '../../flamegraph/raw';
import { alternativesOf, anyOf } from '../../flameql/syntax/regexText';
import type { LabelQuestions } from './labelQuestions';
import { optionsFrom } from './optionsFrom';

/** A matcher whose label or value may still be empty. */
export type PartialMatcher = Matcher;

interface Props {
  matcher: PartialMatcher;
  /** The whole selector, this matcher included, which narrows what is offered. */
  selector: string;
  questions: LabelQuestions;
  onChange: (matcher: PartialMatcher) => void;
  onRemove: () => void;
  autoFocus?: boolean;
  disabled?: boolean;
}

/** One condition: label, operator and value, each a list to choose from or to type into. */
export function MatcherRow({ matcher, selector, questions, onChange, onRemove, autoFocus, disabled }: Props) {
  const styles = useStyles2(getStyles);
  const { label, op, value } = matcher;
  const id = useId();
  const names = useCallback((typed: string) => optionsFrom(questions.names(selector), typed), [questions, selector]);
  const values = useCallback(
    (typed: string) => (label === '' ? Promise.resolve([]) : optionsFrom(questions.values(label, selector), typed)),
    [questions, label, selector]
  );
  const listed = isRegexOp(op) ? alternativesOf(value) : undefined;
  const size = { width: 'auto', minWidth: 14, maxWidth: 40 } as const;
  const valueProps = {
    ...size,
    options: values,
    createCustomValue: true,
    disabled: disabled || label === '',
    placeholder: t('datasource.filters.value-placeholder', 'Value'),
    'aria-labelledby': `${id}-value`,
  };

  return (
    <div className={styles.row}>
      <span hidden id={`${id}-label`}>
        {t('datasource.filters.name', 'Label')}
      </span>
      <span hidden id={`${id}-operator`}>
        {t('datasource.filters.operator', 'Operator')}
      </span>
      <span hidden id={`${id}-value`}>
        {t('datasource.filters.value', 'Value of {{label}}', { label, ...RAW })}
      </span>
      <Combobox
        {...size}
        options={names}
        value={label === '' ? null : label}
        onChange={(chosen) => onChange({ label: chosen.value.trim(), op, value: chosen.value === label ? value : '' })}
        createCustomValue
        autoFocus={autoFocus}
        disabled={disabled}
        placeholder={t('datasource.filters.label-placeholder', 'Label')}
        aria-labelledby={`${id}-label`}
      />
      <Combobox<MatchOp>
        width={9}
        options={operators()}
        value={op}
        onChange={(chosen) => onChange({ label, ...withOperator(matcher, chosen.value) })}
        disabled={disabled}
        aria-labelledby={`${id}-operator`}
      />
      {listed ? (
        <MultiCombobox
          {...valueProps}
          value={listed.map((one) => ({ value: one, label: one }))}
          onChange={(chosen) => onChange({ label, op, value: anyOf(chosen.map((one) => one.value)) })}
        />
      ) : (
        <Combobox
          {...valueProps}
          value={value === '' ? null : value}
          onChange={(chosen) => onChange({ label, op, value: chosen.value })}
        />
      )}
      <Button
        variant="secondary"
        fill="outline"
        icon="times"
        type="button"
        disabled={disabled}
        tooltip={t('datasource.filters.remove', 'Remove the filter on {{label}}', { label, ...RAW })}
        aria-label={t('datasource.filters.remove', 'Remove the filter on {{label}}', { label, ...RAW })}
        onClick={onRemove}
      />
    </div>
  );
}

/** The same values under another operator: a value becomes an expression that matches just it, and back. */
function withOperator({ op, value }: Matcher, next: MatchOp): Pick<Matcher, 'op' | 'value'> {
  if (isRegexOp(op) === isRegexOp(next)) {
    return { op: next, value };
  }
  if (isRegexOp(next)) {
    // A variable stays as it is: Grafana escapes its values when it fills them in.
    return { op: next, value: value === '' || value.includes('$') ? value : anyOf([value]) };
  }
  const [first = value] = alternativesOf(value) ?? [];
  return { op: next, value: first };
}

function operators(): Array<ComboboxOption<MatchOp>> {
  return [
    { value: '=', label: '=', description: t('datasource.operator.equal', 'Equals') },
    { value: '!=', label: '!=', description: t('datasource.operator.not-equal', 'Does not equal') },
    { value: '=~', label: '=~', description: t('datasource.operator.matches', 'Is one of, or matches an expression') },
    {
      value: '!~',
      label: '!~',
      description: t('datasource.operator.not-matches', 'Is none of, or does not match an expression'),
    },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', maxWidth: '100%', gap: theme.spacing(0.25) }),
});

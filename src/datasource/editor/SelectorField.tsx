import React from 'react';

import { t } from '@grafana/i18n';

import { CodeField } from './CodeField';
import type { LabelQuestions } from './labelQuestions';

interface Props {
  value: string;
  questions: LabelQuestions;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
}

/** The selector as text. */
export function SelectorField({ value, onChange, onRun }: Props) {
  return (
    <CodeField
      value={value}
      onChange={onChange}
      onRun={onRun}
      language={NO_LANGUAGE}
      label={t('datasource.editor.selector', 'Selector')}
      placeholder={EXAMPLE}
    />
  );
}

/** Reads the same in every language. */
const EXAMPLE = '{service_name="checkout"}';

const NO_LANGUAGE: [] = [];

import React, { useState } from 'react';

import { t } from '@grafana/i18n';

import { EVERYTHING } from '../migrate';
import { CodeField } from './CodeField';
import type { LabelQuestions } from './labelQuestions';

interface Props {
  /** With braces; '{}' keeps every profile. */
  value: string;
  questions: LabelQuestions;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
}

/** The selector as text. Nothing written keeps every profile, so the empty selector is shown as an empty field. */
export function SelectorField({ value, onChange, onRun }: Props) {
  const [written, setWritten] = useState(shownAs(value));
  const handOn = (receive: (text: string) => void) => (text: string) => {
    setWritten(text);
    receive(meantBy(text));
  };
  return (
    <CodeField
      // What is being written stays as it is while it means the same: blanks, empty braces.
      value={meantBy(written) === value ? written : shownAs(value)}
      onChange={handOn(onChange)}
      onRun={handOn(onRun)}
      language={NO_LANGUAGE}
      label={t('datasource.editor.selector', 'Selector')}
      placeholder={EXAMPLE}
    />
  );
}

function meantBy(text: string): string {
  return text.trim() || EVERYTHING;
}

function shownAs(selector: string): string {
  return selector === EVERYTHING ? '' : selector;
}

/** Reads the same in every language. */
const EXAMPLE = '{service_name="checkout"}';

const NO_LANGUAGE: [] = [];

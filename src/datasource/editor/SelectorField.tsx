import React, { useMemo, useState } from 'react';

import { t } from '@grafana/i18n';

import type { CompletionSources } from '../../flameql/completion/sources';
import { EVERYTHING } from '../migrate';
import { CodeField } from './CodeField';

interface Props {
  /** With braces; '{}' keeps every profile. */
  value: string;
  sources: CompletionSources;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
}

/** The selector as text. Nothing written keeps every profile, so the empty selector is shown as an empty field. */
export function SelectorField({ value, sources, onChange, onRun }: Props) {
  const language = useMemo(() => ({ sources, part: 'selector' as const }), [sources]);
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
      language={language}
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

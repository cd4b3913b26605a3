import React, { lazy, Suspense } from 'react';

import { Input } from '@grafana/ui';

import type { FlameqlOptions } from '../../flameql/codemirror';

export interface CodeFieldProps {
  value: string;
  /** Called as the text changes, shortly after the last key. */
  onChange: (text: string) => void;
  /** Called on Enter, Shift+Enter and Ctrl+Enter, and when the field is left with a changed text. */
  onRun: (text: string) => void;
  /** What is completed and marked. Must be stable; a new one replaces the old. */
  language: FlameqlOptions;
  /** Spoken name of the field. */
  label: string;
  placeholder: string;
  disabled?: boolean;
}

/** CodeMirror is a chunk of its own, fetched when the first field is drawn. */
const CodeMirrorField = lazy(() => import('./CodeMirrorField'));

/** One line or a few of a language, with completion. Until the editor has loaded the text is shown, not editable. */
export function CodeField(props: CodeFieldProps) {
  return (
    <Suspense fallback={<Input value={props.value} aria-label={props.label} readOnly loading />}>
      <CodeMirrorField {...props} />
    </Suspense>
  );
}

import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText, tooltips } from '@codemirror/view';
import React, { useEffect, useMemo, useRef } from 'react';

import { useTheme2 } from '@grafana/ui';

import { flameql } from '../../flameql/codemirror';
import type { CodeFieldProps } from './CodeField';
import { codeFieldTheme } from './codeFieldTheme';

/** How long after the last key the text is handed on; running hands it on at once. */
const SETTLE_MS = 300;

/** CodeMirror as a field of a form. Load it through CodeField. */
export default function CodeMirrorField(props: CodeFieldProps) {
  const { value, language, label, placeholder, disabled = false } = props;
  const theme = useTheme2();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  const parts = useRef({ language: new Compartment(), looks: new Compartment(), access: new Compartment() });
  /**
   * What the owner was told, and what it ran last. Its answers may come late, several at once: a text that it was told
   * and has not handed back yet is an echo, which must not overwrite what was typed since.
   */
  const known = useRef({ reported: value, ran: value, echoes: [] as string[] });
  const callbacks = useRef(props);
  useEffect(() => {
    callbacks.current = props;
  });

  const support = useMemo(() => flameql(language), [language]);
  const looks = useMemo(() => codeFieldTheme(theme), [theme]);
  const access = useMemo(
    () => [
      EditorState.readOnly.of(disabled),
      EditorView.editable.of(!disabled),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-disabled': String(disabled), spellcheck: 'false' }),
      placeholderText(placeholder),
    ],
    [disabled, label, placeholder]
  );

  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const report = (text: string) => {
      clearTimeout(settling);
      if (text !== known.current.reported) {
        tell(known.current, text);
        callbacks.current.onChange(text);
      }
    };
    const run = (text: string) => {
      clearTimeout(settling);
      tell(known.current, text);
      known.current.ran = text;
      callbacks.current.onRun(text);
      return true;
    };
    const runText = (editor: EditorView) => run(editor.state.doc.toString());
    const { current: part } = parts;
    const editor = new EditorView({
      parent: host.current ?? undefined,
      doc: callbacks.current.value,
      extensions: [
        Prec.high(
          keymap.of([
            { key: 'Enter', run: runText, shift: runText },
            { key: 'Mod-Enter', run: runText },
            { key: 'Alt-Enter', run: insertNewline },
          ])
        ),
        history(),
        closeBrackets(),
        bracketMatching(),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        // Explore and dashboards clip what sticks out of a panel.
        tooltips({ position: 'fixed', parent: document.body }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            clearTimeout(settling);
            settling = setTimeout(() => report(update.state.doc.toString()), SETTLE_MS);
          }
        }),
        EditorView.domEventHandlers({
          blur: (_, left) => {
            const text = left.state.doc.toString();
            if (text !== known.current.ran) {
              run(text);
            }
          },
        }),
        part.language.of([]),
        part.looks.of([]),
        part.access.of([]),
      ],
    });
    view.current = editor;
    return () => {
      clearTimeout(settling);
      editor.destroy();
    };
  }, []);

  useEffect(() => reconfigure(view.current, parts.current.language, support), [support]);
  useEffect(() => reconfigure(view.current, parts.current.looks, looks), [looks]);
  useEffect(() => reconfigure(view.current, parts.current.access, access), [access]);

  useEffect(() => {
    const editor = view.current;
    const { reported, echoes } = known.current;
    const echo = echoes.indexOf(value);
    if (echo >= 0) {
      echoes.splice(0, echo + 1);
    } else if (editor && value !== reported) {
      known.current = { reported: value, ran: value, echoes: [] };
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  return <div ref={host} data-testid="code-field" />;
}

/** Owners that hand back something else never echo. */
const MOST_ECHOES = 50;

function tell(known: { reported: string; echoes: string[] }, text: string) {
  if (text !== known.reported) {
    known.echoes = [...known.echoes, text].slice(-MOST_ECHOES);
  }
  known.reported = text;
}

function reconfigure(editor: EditorView | undefined, part: Compartment, extension: Parameters<Compartment['of']>[0]) {
  editor?.dispatch({ effects: part.reconfigure(extension) });
}

import { completionStatus, currentCompletions, acceptCompletion, startCompletion } from '@codemirror/autocomplete';
import { diagnosticCount, forEachDiagnostic, forceLinting } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { classHighlighter, highlightCode } from '@lezer/highlight';

import { flameql, flameqlLanguage } from './codemirror';
import type { CompletionSources } from './completion/sources';

const SOURCES: CompletionSources = {
  types: async () => ['process_cpu:cpu:nanoseconds:cpu:nanoseconds'],
  labels: async () => ['pod', 'service_name'],
  values: async () => ['order-service', 'payment-service'],
  functions: async () => ['main.run'],
};

const views: EditorView[] = [];

/** The caret stands at `‸`. */
function open(marked: string, sources = SOURCES): EditorView {
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc: marked.replace('‸', ''),
      selection: { anchor: Math.max(0, marked.indexOf('‸')) },
      extensions: [flameql({ sources, diagnosticsDelay: 0 })],
    }),
  });
  views.push(view);
  return view;
}

afterEach(() => views.splice(0).forEach((view) => view.destroy()));

async function until(isTrue: () => boolean) {
  for (let i = 0; i < 100; i++) {
    if (isTrue()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('waited in vain');
}

async function offered(view: EditorView): Promise<string[]> {
  startCompletion(view);
  await until(() => completionStatus(view.state) === 'active');
  return currentCompletions(view.state).map(({ label }) => label);
}

it('highlights', () => {
  const text = 'cpu{service_name="a", b=~$b} offset 1h vs @[now, now] by (by) normalise share $x';
  const classes: string[] = [];
  highlightCode(
    text,
    flameqlLanguage.parser.parse(text),
    classHighlighter,
    (code, name) => name && classes.push(`${code} ${name}`),
    () => undefined
  );
  expect(classes).toEqual([
    'cpu tok-typeName',
    '{ tok-punctuation',
    'service_name tok-propertyName',
    '= tok-operator',
    '"a" tok-string',
    ', tok-punctuation',
    'b tok-propertyName',
    '=~ tok-operator',
    '$b tok-variableName',
    '} tok-punctuation',
    'offset tok-keyword',
    '1h tok-number',
    'vs tok-keyword',
    '@ tok-keyword',
    '[ tok-punctuation',
    'now tok-number',
    ', tok-punctuation',
    'now tok-number',
    '] tok-punctuation',
    'by tok-keyword',
    '( tok-punctuation',
    'by tok-propertyName',
    ') tok-punctuation',
    'normalise tok-keyword',
    'share tok-atom',
    '$x tok-variableName',
  ]);
});

it('completes what is typed in a string', async () => {
  const view = open('{service_name="pay‸"}');
  expect(await offered(view)).toEqual(['payment-service']);
  await until(() => acceptCompletion(view));
  expect(view.state.doc.toString()).toBe('{service_name="payment-service"}');
  expect(view.state.selection.main.head).toBe('{service_name="payment-service"'.length);
});

it('completes keywords and types by what is typed', async () => {
  expect((await offered(open('cpu foc‸')))[0]).toBe('focus');
  expect((await offered(open('pro‸')))[0]).toBe('process_cpu');
});

it('is quiet when a source fails', async () => {
  const view = open('{‸', { ...SOURCES, labels: () => Promise.reject(new Error('down')) });
  startCompletion(view);
  await until(() => completionStatus(view.state) === null);
  expect(currentCompletions(view.state)).toEqual([]);
});

it('shows faults under the characters they are about', async () => {
  const view = open('{pod=order}');
  forceLinting(view);
  await until(() => diagnosticCount(view.state) > 0);
  const shown: Array<[number, number, string]> = [];
  forEachDiagnostic(view.state, ({ message }, from, to) => shown.push([from, to, message]));
  expect(shown).toEqual([[5, 10, 'Expected a value in quotes, found "order". Put it in quotes: "order".']]);
});

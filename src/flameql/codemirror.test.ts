import { completionStatus, currentCompletions, acceptCompletion, startCompletion } from '@codemirror/autocomplete';
import { diagnosticCount, forEachDiagnostic, forceLinting } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';
import { classHighlighter, highlightCode } from '@lezer/highlight';

import { flameql, flameqlLanguage, type FlameqlOptions } from './codemirror';
import type { CompletionSources } from './completion/sources';

const SOURCES: CompletionSources = {
  types: async () => ['process_cpu:cpu:nanoseconds:cpu:nanoseconds'],
  labels: async () => ['pod', 'service_name'],
  values: async () => ['order-service', 'payment-service'],
  functions: async () => ['main.run'],
};

const views: EditorView[] = [];

/** The caret stands at `‸`. */
function open(marked: string, sources = SOURCES, part?: FlameqlOptions['part']): EditorView {
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc: marked.replace('‸', ''),
      selection: { anchor: Math.max(0, marked.indexOf('‸')) },
      extensions: [flameql({ sources, part, diagnosticsDelay: 0 })],
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

it('keeps a list while its word goes on, so that it can be chosen from at any moment', async () => {
  const labels = jest.fn(SOURCES.labels);
  const view = open('{p‸}', { ...SOURCES, labels });
  expect(await offered(view)).toEqual(['pod']);
  for (const key of 'od') {
    const at = view.state.selection.main.head;
    view.dispatch({ changes: { from: at, insert: key }, selection: { anchor: at + 1 }, userEvent: 'input.type' });
    expect(completionStatus(view.state)).toBe('active');
  }
  await until(() => acceptCompletion(view));
  expect(view.state.doc.toString()).toBe('{pod}');
  expect(labels).toHaveBeenCalledTimes(1);
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

it('formats with a key, and leaves a text with a fault alone', () => {
  const event = new KeyboardEvent('keydown', { key: 'F', code: 'KeyF', shiftKey: true, altKey: true });
  // What browsers say of the key without its modifiers.
  Object.defineProperty(event, 'keyCode', { value: 70 });
  const press = (view: EditorView) => runScopeHandlers(view, event, 'editor');
  const view = open('cpu  {a = "1",}\nnormalize  share‸');
  expect(press(view)).toBe(true);
  expect(view.state.doc.toString()).toBe('cpu{a="1"} normalise share');
  const faulty = open('cpu  {a = ');
  expect(press(faulty)).toBe(true);
  expect(faulty.state.doc.toString()).toBe('cpu  {a = ');
});

it('turns a pasted URL into a query', () => {
  const [filter] = open('').state.facet(EditorView.clipboardInputFilter);
  const paste = (text: string) => filter?.(text, EditorState.create());
  expect(paste('http://localhost:4040/render?query=shop.cpu&from=now-1h')).toBe(
    'cpu{service_name="shop"} @[now-1h, now]'
  );
  expect(paste('{pod="a"}')).toBe('{pod="a"}');
});

it('offers only what a selector can hold where a selector is written', async () => {
  const view = open('{‸', SOURCES, 'selector');
  expect(await offered(view)).toEqual(['pod', 'service_name']);
  const start = open('‸', SOURCES, 'selector');
  startCompletion(start);
  await until(() => completionStatus(start.state) === null);
  expect(currentCompletions(start.state)).toEqual([]);
});

it('says that a text is too long, and asks nobody about it', async () => {
  const labels = jest.fn(SOURCES.labels);
  const view = open(`${'x'.repeat(1 << 20)}{‸`, { ...SOURCES, labels });
  startCompletion(view);
  forceLinting(view);
  await until(() => diagnosticCount(view.state) > 0);
  const messages: string[] = [];
  forEachDiagnostic(view.state, ({ message }) => messages.push(message));
  expect(messages[0]).toContain('at most 65536 characters');
  expect(labels).not.toHaveBeenCalled();
});

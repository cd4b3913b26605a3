import { EditorView } from '@codemirror/view';
import { act, render, screen } from '@testing-library/react';
import React from 'react';

import CodeMirrorField from './CodeMirrorField';

const LANGUAGE = {};

function draw(value: string) {
  const onChange = jest.fn<void, [string]>();
  const onRun = jest.fn<void, [string]>();
  const field = (text: string) => (
    <CodeMirrorField
      value={text}
      onChange={onChange}
      onRun={onRun}
      language={LANGUAGE}
      label="Query"
      placeholder="cpu"
    />
  );
  const { rerender, unmount } = render(field(value));
  const view = EditorView.findFromDOM(screen.getByTestId('code-field').querySelector<HTMLElement>('.cm-editor')!)!;
  return {
    onChange,
    onRun,
    unmount,
    text: () => view.state.doc.toString(),
    type: (text: string) =>
      act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'input' })),
    leave: () => act(() => view.contentDOM.dispatchEvent(new FocusEvent('blur'))),
    handBack: (text: string) => rerender(field(text)),
    settle: () => act(() => jest.advanceTimersByTime(1000)),
  };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('reports what is typed once it settles', () => {
  const field = draw('cpu');
  field.type('cpu{');
  field.type('cpu{a="b"}');
  expect(field.onChange).not.toHaveBeenCalled();
  field.settle();
  expect(field.onChange.mock.calls).toEqual([['cpu{a="b"}']]);
});

it('loses nothing when its owner hands texts back late', () => {
  const field = draw('c');
  field.type('cp');
  field.settle();
  field.type('cpu');
  field.settle();
  field.type('cpu by (pod)');
  field.handBack('cp');
  expect(field.text()).toBe('cpu by (pod)');
  field.handBack('cpu');
  expect(field.text()).toBe('cpu by (pod)');
  field.settle();
  field.handBack('cpu by (pod)');
  expect(field.text()).toBe('cpu by (pod)');
  expect(field.onChange).toHaveBeenLastCalledWith('cpu by (pod)');
});

it('takes another text from its owner, one that it had before too', () => {
  const field = draw('cpu');
  field.type('heap');
  field.settle();
  field.handBack('heap');
  field.handBack('cpu');
  expect(field.text()).toBe('cpu');
  field.settle();
  expect(field.onChange).toHaveBeenCalledTimes(1);
});

it('runs a changed text when it is left, and reports nothing after it is gone', () => {
  const field = draw('cpu');
  field.leave();
  expect(field.onRun).not.toHaveBeenCalled();
  field.type('heap');
  field.leave();
  expect(field.onRun.mock.calls).toEqual([['heap']]);
  field.type('wall');
  field.unmount();
  field.settle();
  expect(field.onChange).not.toHaveBeenCalled();
});

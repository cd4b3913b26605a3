import { act, renderHook } from '@testing-library/react';
import { Subject } from 'rxjs';

import { useAnswer } from './useAnswer';

function question() {
  const answer = new Subject<string>();
  return { answer, ask: () => answer };
}

it('keeps the last answer while the next one is on its way', () => {
  const first = question();
  const second = question();
  const { result, rerender } = renderHook(({ ask }) => useAnswer(ask), { initialProps: { ask: first.ask } });
  expect(result.current).toMatchObject({ loading: true, value: undefined });
  act(() => first.answer.next('one'));
  expect(result.current).toMatchObject({ loading: false, value: 'one' });
  rerender({ ask: second.ask });
  expect(result.current).toMatchObject({ loading: true, value: 'one' });
  expect(first.answer.observed).toBe(false);
  act(() => second.answer.next('two'));
  expect(result.current).toMatchObject({ loading: false, value: 'two' });
});

it('says why there is no answer and asks again', () => {
  let { answer } = question();
  const ask = () => answer;
  const { result } = renderHook(() => useAnswer(ask));
  act(() => answer.error(new Error('down')));
  expect(result.current).toMatchObject({ loading: false, failure: 'down' });
  answer = new Subject();
  act(() => result.current.retry());
  expect(result.current).toMatchObject({ loading: true, failure: undefined });
  act(() => answer.next('up'));
  expect(result.current).toMatchObject({ loading: false, value: 'up' });
});

it('asks nothing without a question, and nothing after it is gone', () => {
  expect(renderHook(() => useAnswer(undefined)).result.current.loading).toBe(false);
  const { answer, ask } = question();
  renderHook(() => useAnswer(ask)).unmount();
  expect(answer.observed).toBe(false);
});

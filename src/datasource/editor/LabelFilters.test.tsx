import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useEffect, useState } from 'react';
import { of, throwError } from 'rxjs';

import type { DraftMatcher } from '../../flameql/draft';
import { writeSelector } from '../selector/selector';
import { LabelFilters } from './LabelFilters';
import type { LabelQuestions } from './labelQuestions';
import { giveElementsASize } from './testing';

beforeAll(giveElementsASize);

const NAMES = ['namespace', 'pod'];
const VALUES: Record<string, string[]> = { pod: ['a.1', 'b-2'], namespace: [] };

function setUp(matchers: DraftMatcher[], changes: Partial<LabelQuestions> = {}) {
  const questions = {
    names: jest.fn(() => of(NAMES)),
    values: jest.fn((label: string) => of(VALUES[label])),
    ...changes,
  };
  const shown = jest.fn<void, [string]>();
  function Filters() {
    const [current, setCurrent] = useState<readonly DraftMatcher[]>(matchers);
    useEffect(() => shown(writeSelector(current)), [current]);
    return <LabelFilters matchers={current} questions={questions} onChange={setCurrent} />;
  }
  render(<Filters />);
  return { latest: () => shown.mock.lastCall![0], questions };
}

const choose = async (field: string, option: string | RegExp) => {
  await userEvent.click(screen.getByRole('combobox', { name: field }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

it('adds a condition that counts once it is complete', async () => {
  const { latest, questions } = setUp([]);
  await userEvent.click(screen.getByRole('button', { name: 'Add filter' }));
  await choose('Label', 'pod');
  expect(latest()).toBe('{}');
  await choose('Value of pod', 'b-2');
  expect(latest()).toBe('{pod="b-2"}');
  expect(questions.values).toHaveBeenCalledWith('pod', '{}');
  expect(screen.getByRole('button', { name: 'Add filter' })).toBeInTheDocument();
});

it('keeps the meaning of a value when its operator changes', async () => {
  const { latest } = setUp([{ label: 'pod', op: '=', value: 'a.1' }]);
  await choose('Operator', /^=~/);
  expect(latest()).toBe('{pod=~"a\\\\.1"}');
  await choose('Value of pod', 'b-2');
  expect(latest()).toBe('{pod=~"a\\\\.1|b-2"}');
  await choose('Operator', /^!=/);
  expect(latest()).toBe('{pod!="a.1"}');
});

it('leaves a variable alone when the operator changes', async () => {
  const { latest } = setUp([{ label: 'pod', op: '=', value: '$pod' }]);
  await choose('Operator', /^=~/);
  expect(latest()).toBe('{pod=~"$pod"}');
});

it('asks for another value when the label changes', async () => {
  const { latest } = setUp([{ label: 'pod', op: '=', value: 'a.1' }]);
  await choose('Label', 'namespace');
  expect(latest()).toBe('{namespace=""}');
});

it('removes a condition', async () => {
  const { latest } = setUp([
    { label: 'pod', op: '=', value: 'a' },
    { label: 'namespace', op: '!=', value: 'b' },
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter on pod' }));
  expect(latest()).toBe('{namespace!="b"}');
});

it('says why there is nothing to choose from', async () => {
  setUp([{ label: 'namespace', op: '=', value: 'x' }], {
    names: () => throwError(() => new Error('The server is down.')),
  });
  await userEvent.click(screen.getByRole('combobox', { name: 'Value of namespace' }));
  expect(await screen.findByText('None in this time range')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('combobox', { name: 'Label' }));
  const list = await screen.findByRole('listbox');
  expect(await within(list).findByText('The server is down.')).toBeInTheDocument();
});

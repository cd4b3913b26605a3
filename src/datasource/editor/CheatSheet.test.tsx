import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';

import { parse } from '../../flameql/parse';
import type { ProfilesQuery } from '../query';
import { CheatSheet } from './CheatSheet';
import { datasourceWith, QUERY } from './testing';

it('fills the editor with an example and keeps the rest of the query', async () => {
  const onClickExample = jest.fn();
  render(<CheatSheet query={QUERY} datasource={datasourceWith()} onClickExample={onClickExample} />);
  await userEvent.click(screen.getByRole('button', { name: /service_name="\$service"/ }));
  expect(onClickExample).toHaveBeenCalledWith({
    ...QUERY,
    labelSelector: '{service_name="$service", namespace="$namespace"}',
    flameql: undefined,
    editorMode: 'builder',
  });
});

it('shows a query as text', async () => {
  const onClickExample = jest.fn<void, [ProfilesQuery]>();
  const query = { ...QUERY, groupBy: ['pod'], limit: 3 };
  render(<CheatSheet query={query} datasource={datasourceWith()} onClickExample={onClickExample} />);
  for (const example of screen.getAllByRole('button', { name: /^cpu/ })) {
    await userEvent.click(example);
    const [shown] = onClickExample.mock.lastCall!;
    expect(shown).toMatchObject({ refId: 'A', editorMode: 'code', groupBy: [], limit: undefined });
    expect(parse(shown.flameql ?? '').ok).toBe(true);
  }
  expect(onClickExample).toHaveBeenCalledTimes(3);
});

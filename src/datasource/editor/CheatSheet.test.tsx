import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';

import { CheatSheet } from './CheatSheet';
import { datasourceWith, QUERY } from './testing';

it('fills the editor with an example and keeps the rest of the query', async () => {
  const onClickExample = jest.fn();
  render(<CheatSheet query={QUERY} datasource={datasourceWith()} onClickExample={onClickExample} />);
  await userEvent.click(screen.getByRole('button', { name: /service_name="\$service"/ }));
  expect(onClickExample).toHaveBeenCalledWith({
    ...QUERY,
    labelSelector: '{service_name="$service", namespace="$namespace"}',
  });
});

import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { type AppPluginMeta, OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';

import type { AppSettings } from '../../settings';
import { startGrafana } from '../../testing/grafana';

import { OwnRunbooks } from './OwnRunbooks';
import { faultsOf, MOST_BYTES } from './settingsFault';

const markdown = '---\ntitle: Mine\nsummary: S\n---\n# Text';

function open(jsonData: AppSettings, orgRole = OrgRole.Admin) {
  config.bootData.user = { ...config.bootData.user, orgRole, isGrafanaAdmin: false };
  const asked = startGrafana({ resource: () => ({ jsonData: { defaultDatasource: 'newer' } }) });
  // The section reads no more of it.
  const meta = { id: 'flamewatch-profiles-app', enabled: true, pinned: true, jsonData } as AppPluginMeta<AppSettings>;
  render(<OwnRunbooks meta={meta} />);
  return asked;
}

it('writes a runbook, checks it while it is written, and stores it beside the other settings', async () => {
  const asked = open({});
  fireEvent.click(screen.getByText('New runbook'));
  const save = screen.getByText('Save').closest('button');
  expect(save).toBeDisabled();
  fireEvent.change(screen.getByLabelText(/Address/), { target: { value: 'mine' } });
  fireEvent.change(screen.getByLabelText(/Markdown/), { target: { value: '---\ntitel: A\n---\n' } });
  expect(await screen.findByText(/Line 2: There is no “titel” here. Did you mean “title”/)).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText(/Markdown/), { target: { value: markdown } });
  await waitFor(() => expect(save).toBeEnabled());
  expect(screen.getByRole('heading', { name: 'Text' })).toBeInTheDocument();
  fireEvent.click(screen.getByText('Save'));
  await waitFor(() => expect(asked.requests).toHaveLength(2));
  expect(asked.requests[1]).toMatchObject({
    method: 'POST',
    data: { jsonData: { defaultDatasource: 'newer', runbooks: [{ slug: 'mine', markdown }] } },
  });
  expect(await screen.findByText('Edit')).toBeInTheDocument();
});

it('is for administrators only', () => {
  open({ runbooks: [{ slug: 'mine', markdown }] }, OrgRole.Editor);
  expect(screen.getByText('Edit').closest('button')).toBeDisabled();
  expect(screen.getByText('New runbook').closest('button')).toBeDisabled();
});

it('says what cannot be stored', () => {
  const others = [{ slug: 'taken', markdown: 'x'.repeat(MOST_BYTES) }];
  expect(faultsOf({ slug: 'taken', markdown }, others)).toMatchObject({
    slug: expect.stringContaining('another runbook'),
    room: expect.stringContaining('57 KiB'),
    text: [],
  });
  expect(faultsOf({ slug: 'Not a slug', markdown: '' }, []).slug).toContain('small letters');
  expect(faultsOf({ slug: 'mine', markdown }, [])).toEqual({ slug: undefined, text: [], room: undefined });
});

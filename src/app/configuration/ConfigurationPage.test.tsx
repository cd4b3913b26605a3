import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { AppPlugin, type AppPluginMeta, OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';

import type { AppSettings } from '../settings';
import { startGrafana } from '../testing/grafana';

import { ConfigurationPage } from './ConfigurationPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  DataSourcePicker: ({ current, onChange, onClear, disabled }: PickerProps) => (
    <>
      <output>{current}</output>
      <button type="button" disabled={disabled} onClick={() => onChange({ uid: 'two' })}>
        choose two
      </button>
      <button type="button" onClick={onClear}>
        clear
      </button>
    </>
  ),
}));

interface PickerProps {
  current: string | null;
  onChange: (chosen: { uid: string }) => void;
  onClear: () => void;
  disabled: boolean;
}

function open(jsonData: AppSettings | undefined, answer: unknown = {}, orgRole = OrgRole.Admin) {
  config.bootData.user = { ...config.bootData.user, orgRole, isGrafanaAdmin: false };
  const asked = startGrafana({ resource: () => answer });
  const plugin = new AppPlugin<AppSettings>();
  // The page reads no more of it.
  plugin.meta = { id: 'flamewatch-profiles-app', enabled: true, pinned: true, jsonData } as AppPluginMeta<AppSettings>;
  render(<ConfigurationPage plugin={plugin} query={{}} />);
  return { asked, plugin };
}

it('stores the chosen data source and leaves the rest as it was', async () => {
  const { asked, plugin } = open({ defaultDatasource: 'one' });
  expect(screen.getByText('one')).toBeInTheDocument();
  fireEvent.click(screen.getByText('choose two'));
  fireEvent.click(screen.getByText('Save'));
  expect(await screen.findByText('Saved')).toBeInTheDocument();
  expect(asked.requests).toEqual([
    expect.objectContaining({
      url: '/api/plugins/flamewatch-profiles-app/settings',
      method: 'POST',
      data: { enabled: true, pinned: true, jsonData: { defaultDatasource: 'two' } },
    }),
  ]);
  expect(plugin.meta.jsonData).toEqual({ defaultDatasource: 'two' });
});

it('forgets the data source', async () => {
  const { plugin } = open({ defaultDatasource: 'one' });
  fireEvent.click(screen.getByText('clear'));
  fireEvent.click(screen.getByText('Save'));
  await waitFor(() => expect(plugin.meta.jsonData?.defaultDatasource).toBeUndefined());
});

it('says why it could not be stored', async () => {
  const { plugin } = open(undefined, { status: 500, data: { message: 'The disk is full.' }, config: { url: '' } });
  fireEvent.click(screen.getByText('choose two'));
  fireEvent.click(screen.getByText('Save'));
  expect(await screen.findByText('The disk is full.')).toBeInTheDocument();
  expect(plugin.meta.jsonData).toBeUndefined();
});

it('is for administrators only', () => {
  open({}, {}, OrgRole.Editor);
  expect(screen.getByText('choose two')).toBeDisabled();
  expect(screen.getByText('Save').closest('button')).toBeDisabled();
  expect(screen.getByText('Only an administrator can change this')).toBeInTheDocument();
});

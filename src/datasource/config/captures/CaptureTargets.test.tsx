import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useEffect, useState } from 'react';

import type { DataSourceSettings } from '@grafana/data';

import type { ProfilesOptions } from '../../settings';

import { CaptureTargets } from './CaptureTargets';

type Options = DataSourceSettings<ProfilesOptions>;

function setUp(changes: Partial<Options> = {}) {
  const first = { jsonData: {}, secureJsonFields: {}, readOnly: false, ...changes } as Options;
  const shown = jest.fn<void, [Options]>();
  function Page() {
    const [options, setOptions] = useState(first);
    useEffect(() => shown(options), [options]);
    return <CaptureTargets options={options} onOptionsChange={setOptions} />;
  }
  render(<Page />);
  return () => shown.mock.lastCall![0];
}

const expand = () => userEvent.click(screen.getByRole('button', { name: /Expand section Capture targets/ }));

const ETCD = { id: 'etcd', name: 'etcd', kind: 'etcd', url: 'https://10.0.0.1:2379' };

it('adds a target of a preset, and keeps its secrets out of jsonData', async () => {
  const latest = setUp();
  await expand();
  await userEvent.click(screen.getByRole('button', { name: 'Add a target' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'kube-scheduler' }));
  await userEvent.click(screen.getByLabelText('Bearer token'));
  await userEvent.paste('secret');
  await userEvent.click(screen.getByLabelText(/^Labels/));
  await userEvent.paste('service_name=scheduler\ncluster=prod');
  const { jsonData, secureJsonData } = latest();
  expect(jsonData.captureTargets).toEqual([
    {
      id: 'kube-scheduler',
      kind: 'kube-scheduler',
      name: 'kube-scheduler',
      url: 'https://control-plane:10259',
      labels: { service_name: 'scheduler', cluster: 'prod' },
    },
  ]);
  expect(secureJsonData).toEqual({ 'capture.kube-scheduler.bearerToken': 'secret' });
});

it('says what is wrong with an address', async () => {
  setUp({ jsonData: { captureTargets: [{ ...ETCD, url: 'https://me:secret@etcd' }] } });
  await userEvent.click(screen.getByText('etcd'));
  expect(await screen.findByText(/Write http:\/\/ or https:\/\//)).toBeInTheDocument();
});

it('forgets the secrets of a target that is removed', async () => {
  const latest = setUp({
    jsonData: { captureTargets: [ETCD] },
    secureJsonFields: { 'capture.etcd.tlsClientKey': true, basicAuthPassword: true },
  });
  await userEvent.click(screen.getByText('etcd'));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove this target' }));
  expect(latest().jsonData).toEqual({});
  expect(latest().secureJsonData).toEqual({ 'capture.etcd.tlsClientKey': '' });
  expect(latest().secureJsonFields).toEqual({ 'capture.etcd.tlsClientKey': false, basicAuthPassword: true });
});

it('cannot be changed when it is provisioned', async () => {
  setUp({ jsonData: { captureTargets: [ETCD] }, readOnly: true });
  await userEvent.click(screen.getByText('etcd'));
  expect(await screen.findByLabelText(/^Address/)).toBeDisabled();
  expect(screen.queryByRole('button', { name: 'Add a target' })).not.toBeInTheDocument();
});

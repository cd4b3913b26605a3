import { screen } from '@testing-library/react';
import React, { type ReactNode } from 'react';

import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { bundle, readDiagnosis } from './diagnosis';
import { diagnosticsPage } from './diagnosticsPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <>{children}</>,
}));

const diagnosis = {
  plugin: { version: '1.2.3', goroutines: 12 },
  server: { version: '2.2.1', revision: '' },
  calls: [
    { name: 'Series', outcome: 'ok', durationMs: 3 },
    { name: 'GetProfileStats', outcome: 'unsupported', problem: 'This server does not know the call.', durationMs: 1 },
  ],
  settings: { hasTenant: true, maxNodes: 8192 },
  metrics: { 'flamewatch_captures_total{outcome="ok"}': 2 },
};

function open(standIn: StandIn) {
  startGrafana(standIn, '/a/flamewatch-profiles-app/diagnostics');
  openPage(diagnosticsPage({}));
}

it('tells which calls the server knows, and the versions', async () => {
  open({ resource: () => diagnosis });
  expect(await screen.findByText('unsupported')).toBeInTheDocument();
  expect(screen.getByText('This server does not know the call.')).toBeInTheDocument();
  expect(screen.getByText('2.2.1')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Download' })).toHaveAttribute('download', 'flamewatch-diagnostics.json');
});

it('says why there are none', async () => {
  open({
    resource: () => {
      throw { status: 403, data: { message: 'Diagnostics need the role Admin.' }, config: { url: '' } };
    },
  });
  expect(await screen.findByText(/Diagnostics need the role Admin/)).toBeInTheDocument();
});

it.each([undefined, 'text', { calls: [null, 1], plugin: 7, settings: { nested: {} } }])(
  'reads %j without failing',
  (body) => {
    const read = readDiagnosis(body);
    expect(read.settings).toEqual({});
    expect(JSON.parse(bundle(read, {} as never))).toMatchObject({ metrics: {} });
  }
);

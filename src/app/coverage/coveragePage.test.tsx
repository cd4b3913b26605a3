import { fireEvent, screen } from '@testing-library/react';
import React, { type ReactNode } from 'react';
import { NEVER } from 'rxjs';

import { locationService } from '@grafana/runtime';

import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { coveragePage } from './coveragePage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <>{children}</>,
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app/coverage';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const whole = { version: 'version', instance: 'pod', namespace: 'namespace', labels: ['version', 'pod', 'namespace'] };
const types = () => [{ id: CPU, last: Date.now() - 1000, cumulative: false }];

function open(standIn: StandIn, address = '') {
  const asked = startGrafana(standIn, PATH + address);
  openPage(coveragePage({}));
  return asked;
}

const answered: StandIn = {
  resource: (path) =>
    path === 'coverage'
      ? {
          services: [
            { name: 'orders', types: types(), ...whole },
            { name: '<b>bare</b>', types: types(), version: '', instance: '', namespace: '', labels: [] },
          ],
          labels: [],
          labelsLeft: 4,
        }
      : [],
};

it('lists services with what they lack and what it makes impossible', async () => {
  open(answered);
  expect(await screen.findByText('1 of 2 services lack nothing')).toBeInTheDocument();
  expect(screen.getByText('No label of the version.')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: '<b>bare</b>' })).toHaveAttribute(
    'href',
    expect.stringContaining(`/explore?`)
  );
  expect(screen.getByText('Not everything was looked at')).toBeInTheDocument();
});

it('shows only what lacks something, and keeps that in the URL', async () => {
  open(answered);
  fireEvent.click(await screen.findByLabelText('Only what lacks something'));
  expect(screen.queryByRole('link', { name: 'orders' })).not.toBeInTheDocument();
  expect(locationService.getSearchObject()).toMatchObject({ gaps: 'only' });
});

it('says that nothing was sent', async () => {
  open({ resource: () => ({ services: [], labels: [] }) });
  expect(await screen.findByText('No service sent profiles in this time range')).toBeInTheDocument();
});

it('can be cancelled while it waits', async () => {
  open({ resource: () => NEVER });
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await screen.findByRole('button', { name: /again|load/i })).toBeInTheDocument();
});

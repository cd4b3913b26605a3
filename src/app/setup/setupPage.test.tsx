import { fireEvent, screen } from '@testing-library/react';
import React, { type ReactNode } from 'react';

import { locationService } from '@grafana/runtime';

import { startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { setupPage } from './setupPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <>{children}</>,
}));

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

function open(address = '', services: unknown[] = []) {
  startGrafana(
    { resource: (path) => (path === 'services' ? { services, profileTypes: [{ id: CPU }] } : {}) },
    `/a/flamewatch-profiles-app/setup${address}`
  );
  openPage(setupPage({}));
}

it('shows the guide of a language with name and address filled in, and waits for the first profile', async () => {
  open('?language=python&service=recommender&address=http%3A%2F%2Fprofiles%3A4040');
  expect(await screen.findByText(/application_name="recommender"/)).toHaveTextContent(
    'server_address="http://profiles:4040"'
  );
  expect(await screen.findByText('Waiting for the first profile of recommender')).toBeInTheDocument();
});

it('turns to the flame graph when the first profile is there', async () => {
  open('?service=orders', [{ name: 'orders', profileTypes: [CPU] }]);
  expect(await screen.findByText('Profiles of orders arrive')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Open its flame graph' })).toHaveAttribute(
    'href',
    expect.stringContaining('var-service=orders')
  );
});

it('keeps what is chosen in the URL', async () => {
  open();
  fireEvent.click(await screen.findByLabelText('Java'));
  expect(await screen.findByText(/PYROSCOPE_APPLICATION_NAME/)).toBeInTheDocument();
  expect(locationService.getSearchObject()).toMatchObject({ language: 'java', way: 'sdk' });
});

it('says what a name must be, and does not wait for one that is none', async () => {
  open('?service=a%22b');
  expect(await screen.findByText('Letters, digits, and . _ / - between them.')).toBeInTheDocument();
  expect(screen.queryByText(/Waiting for/)).not.toBeInTheDocument();
});

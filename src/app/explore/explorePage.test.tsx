import { fireEvent, screen, waitFor } from '@testing-library/react';
import React, { type ReactNode } from 'react';

import { config, locationService } from '@grafana/runtime';

import { serviceDirectoryOf } from '../resources/useServiceDirectory';
import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { explorePage } from './explorePage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  usePluginComponent: () => ({ component: null, isLoading: false }),
  PluginPage: ({ children, actions }: { children: ReactNode; actions: ReactNode }) => (
    <>
      {actions}
      {children}
    </>
  ),
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app/explore';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const working: StandIn = {
  resource: (path) =>
    path === 'services'
      ? { services: [{ name: 'checkout', profileTypes: [CPU] }], profileTypes: [{ id: CPU }] }
      : ['pod', 'service_name'],
};

function open(standIn: StandIn, search = '') {
  serviceDirectoryOf.cache.clear?.();
  config.exploreEnabled = true;
  const asked = startGrafana(standIn, PATH + search);
  openPage(explorePage({}));
  return asked;
}

it('opens with the first service and says so in the URL', async () => {
  open(working);
  expect(await screen.findByLabelText('Service')).toHaveValue('checkout');
  expect(locationService.getSearchObject()).toMatchObject({ 'var-service': 'checkout', 'var-profileType': CPU });
});

it('leads to Grafana Explore with what is shown', async () => {
  open(working, `?var-selector=${encodeURIComponent('{pod="x"}')}&from=now-6h&to=now`);
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: /Explore/ });
  const { left } = JSON.parse(new URL(link.href).searchParams.get('panes') ?? '');
  expect(left.range).toEqual({ from: 'now-6h', to: 'now' });
  expect(left.queries[0]).toMatchObject({
    queryType: 'both',
    profileTypeId: CPU,
    labelSelector: '{service_name="checkout", pod="x"}',
  });
});

it('gives the panel to copy where Grafana has no form', async () => {
  open(working);
  fireEvent.click(await screen.findByText('Add to dashboard'));
  expect(await screen.findByText(/"flamewatch-flamegraph-panel"/)).toBeInTheDocument();
  fireEvent.click(screen.getByLabelText('Series'));
  expect(await screen.findByText(/"timeseries"/)).toBeInTheDocument();
});

it('says what is wrong with filters in the URL, and removes them', async () => {
  open(working, `?var-selector=${encodeURIComponent('{pod=')}`);
  fireEvent.click(await screen.findByText('Remove the filters'));
  await waitFor(() => expect(locationService.getSearchObject()).not.toHaveProperty('var-selector'));
});

it('says why the services are not known', async () => {
  open({
    resource: () => ({ status: 502, statusText: '', data: { message: 'No server answers.' }, config: { url: '' } }),
  });
  expect(await screen.findByText('No server answers.')).toBeInTheDocument();
  expect(screen.getByText('Try again')).toBeInTheDocument();
});

it('says what to do where no service sent profiles', async () => {
  open({ resource: () => ({ services: [], profileTypes: [] }) });
  expect(await screen.findByText('Look at the last 24 hours')).toBeInTheDocument();
});

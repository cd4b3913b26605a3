import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import React, { type ReactNode } from 'react';

import { config, locationService } from '@grafana/runtime';

import { compareUrl } from '../../links/appUrl';
import { serviceDirectoryOf } from '../resources/useServiceDirectory';
import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { comparePage } from './comparePage';

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

const PATH = '/a/flamewatch-profiles-app/compare';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const HEAP = 'memory:inuse_space:bytes:space:bytes';

const working: StandIn = {
  resource: (path) =>
    path === 'services'
      ? {
          services: [
            { name: 'checkout', profileTypes: [CPU, HEAP] },
            { name: 'orders', profileTypes: [HEAP] },
          ],
          profileTypes: [{ id: CPU }, { id: HEAP }],
        }
      : ['pod', 'service_name'],
};

function open(standIn: StandIn, address = PATH) {
  serviceDirectoryOf.cache.clear?.();
  config.exploreEnabled = true;
  config.unifiedAlertingEnabled = true;
  const asked = startGrafana(standIn, address);
  openPage(comparePage({}));
  return asked;
}

// Finding by role computes the name of everything on the page, which takes seconds.
const side = (name: 'Baseline' | 'Comparison') => within(screen.getByLabelText(name));
const inUrl = () => locationService.getSearchObject();
const hrefOf = (text: RegExp) => new URL(screen.getByText(text).closest('a')!.href).searchParams;

it('begins with the last hour and the one before, of the first service', async () => {
  open(working);
  expect(await screen.findByLabelText('Comparison')).toBeInTheDocument();
  await waitFor(() =>
    expect(inUrl()).toMatchObject({
      'var-profileType': CPU,
      'baseline-selector': '{service_name="checkout"}',
      'comparison-selector': '{service_name="checkout"}',
    })
  );
  const { left } = JSON.parse(hrefOf(/Explore/).get('panes') ?? '');
  expect(left.range).toEqual({ from: 'now-1h', to: 'now' });
  expect(left.queries[0]).toMatchObject({
    queryType: 'diff',
    labelSelector: '{service_name="checkout"}',
    baseline: { labelSelector: '{service_name="checkout"}', offset: '1h' },
  });
});

const LINK = compareUrl({
  datasourceUid: 'ds',
  profileTypeId: HEAP,
  normalise: 'rate',
  baseline: {
    selector: '{service_name="orders", version="1"}',
    range: { from: 1_700_000_000_000, to: 1_700_003_600_000 },
  },
  comparison: {
    selector: '{namespace="x"}',
    range: { from: 'now-6h', to: 'now-1h' },
  },
});

it('comes from a link as it was', async () => {
  open(working, LINK);
  await screen.findByLabelText('Comparison');
  await waitFor(() =>
    expect(inUrl()).toMatchObject({
      normalise: 'rate',
      'var-profileType': HEAP,
      'baseline-selector': '{service_name="orders", version="1"}',
      'baseline-from': '2023-11-14T22:13:20.000Z',
      'comparison-selector': '{namespace="x"}',
      'comparison-from': 'now-6h',
    })
  );
  expect(side('Baseline').getByLabelText('Service')).toHaveValue('orders');
  expect(side('Comparison').getByLabelText('Service')).toHaveValue('');
  const { left } = JSON.parse(hrefOf(/Explore/).get('panes') ?? '');
  expect(left.queries[0]).toMatchObject({
    labelSelector: '{namespace="x"}',
    normalise: 'rate',
    baseline: {
      labelSelector: '{service_name="orders", version="1"}',
      from: 1_700_000_000_000,
      to: 1_700_003_600_000,
    },
  });
});

it('is held against the version before', async () => {
  const at = Date.now() - 20 * 60_000;
  const deploys = [{ at, service: 'orders', label: 'version', version: '2', before: '1' }];
  open(
    { resource: (path, request) => (path === 'deploys' ? deploys : working.resource?.(path, request)) },
    `${PATH}?comparison-selector=${encodeURIComponent('{service_name="orders"}')}`
  );
  fireEvent.click(await screen.findByText('Previous version'));
  await waitFor(() =>
    expect(inUrl()).toMatchObject({
      'comparison-selector': '{service_name="orders", version="2"}',
      'comparison-from': new Date(at).toISOString(),
      'baseline-selector': '{service_name="orders", version="1"}',
      'baseline-to': new Date(at).toISOString(),
    })
  );
});

it('says that no version is known', async () => {
  open({ resource: (path, request) => (path === 'deploys' ? [] : working.resource?.(path, request)) });
  fireEvent.click(await screen.findByText('Previous version'));
  expect(await screen.findByText(/No change of version was found/)).toBeInTheDocument();
});

it('makes an alert rule of sides that move along, and says why of others it does not', async () => {
  open(working);
  await screen.findByLabelText('Comparison');
  const { queries } = JSON.parse(hrefOf(/Create alert/).get('defaults') ?? '');
  expect(queries[0]).toMatchObject({
    relativeTimeRange: { from: 3600, to: 0 },
    model: { queryType: 'diff', baseline: { offset: '1h' } },
  });
  fireEvent.click(screen.getByText('Swap sides'));
  await waitFor(() =>
    expect(screen.getByText('Create alert').closest('button')).toHaveAttribute('aria-disabled', 'true')
  );
});

it('gives the panel to copy where Grafana has no form', async () => {
  open(working);
  fireEvent.click(await screen.findByText('Add to dashboard'));
  expect(await screen.findByText(/"flamewatch-flamegraph-panel"/)).toHaveTextContent('"offset": "1h"');
});

it('says why the services are not known', async () => {
  open({
    resource: () => ({ status: 502, statusText: '', data: { message: 'No server answers.' }, config: { url: '' } }),
  });
  expect(await screen.findByText('No server answers.')).toBeInTheDocument();
});

it('says what to do where no service sent profiles', async () => {
  open({ resource: () => ({ services: [], profileTypes: [] }) });
  fireEvent.click(await screen.findByText('Look at the last 24 hours'));
  await waitFor(() => expect(inUrl()).toMatchObject({ 'comparison-from': 'now-24h' }));
});

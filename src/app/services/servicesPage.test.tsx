import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import React, { type ReactNode } from 'react';
import { NEVER } from 'rxjs';

import { FieldType, LoadingState, toDataFrame } from '@grafana/data';
import { locationService } from '@grafana/runtime';

import { serviceDirectoryOf } from '../resources/useServiceDirectory';
import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { servicesPage } from './servicesPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children, actions }: { children: ReactNode; actions: ReactNode }) => (
    <>
      {actions}
      {children}
    </>
  ),
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app/services';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const HEAP = 'memory:inuse_space:bytes:space:bytes';

const twoServices = {
  services: [
    { name: 'checkout', profileTypes: [CPU, HEAP] },
    { name: 'orders', profileTypes: [CPU] },
    { name: 'quiet', profileTypes: [HEAP] },
  ],
  profileTypes: [{ id: HEAP }, { id: CPU }],
};

function series(service: string, cores: number) {
  return toDataFrame({
    name: 'series',
    meta: { custom: { kind: 'flow', title: 'CPU', stepMs: 60_000, shown: 2, total: 2 } },
    fields: [
      { name: 'time', type: FieldType.time, values: [60_000, 120_000] },
      {
        name: 'cpu',
        type: FieldType.number,
        labels: { service_name: service },
        config: { unit: 'cores' },
        values: [cores, cores],
      },
    ],
  });
}

const working: StandIn = {
  resource: (path) => (path === 'services' ? twoServices : []),
  answer: () => ({ series: [series('checkout', 1), series('orders', 3)] }),
};

function open(standIn: StandIn, search = '') {
  serviceDirectoryOf.cache.clear?.();
  const asked = startGrafana(standIn, PATH + search);
  openPage(servicesPage({}));
  return asked;
}

const names = () =>
  [...screen.getByRole('table').querySelectorAll('a:not([aria-label])')].map(({ textContent }) => textContent);
const cellsOf = (service: string) =>
  [...screen.getByRole('link', { name: service }).closest('[role=row]')!.querySelectorAll('[role=cell]')].map(
    ({ textContent }) => textContent
  );

beforeEach(() => localStorage.clear());

beforeAll(() => {
  // A window of some height: only rows in view are drawn.
  Object.defineProperty(window, 'innerHeight', { value: 800, configurable: true });
});

it('lists the costliest service first, with cost, share and types', async () => {
  const asked = open(working);
  await screen.findByRole('link', { name: 'orders' });
  await waitFor(() => expect(names()).toEqual(['orders', 'checkout', 'quiet']));
  expect(cellsOf('orders')).toEqual(['orders', 'CPU', expect.anything(), '3 cores', '75.0%', '']);
  expect(cellsOf('checkout')[1]).toBe('CPU · Memory');
  expect(cellsOf('quiet').slice(2)).toEqual(['', '–', '', '']);
  expect(screen.getByText('3 services, 4 cores together')).toBeInTheDocument();
  expect(asked.queries).toHaveLength(1);
  expect(asked.queries[0].targets).toEqual([
    expect.objectContaining({
      queryType: 'metrics',
      profileTypeId: CPU,
      labelSelector: '{}',
      groupBy: ['service_name'],
      limit: 500,
    }),
  ]);
});

it('lists favourites first, now and when the page is opened again', async () => {
  open(working);
  await waitFor(() => expect(names()).toEqual(['orders', 'checkout', 'quiet']));
  fireEvent.click(screen.getByRole('button', { name: 'Favourite: quiet' }));
  expect(names()).toEqual(['quiet', 'orders', 'checkout']);
  expect(locationService.getLocation().pathname).toBe(PATH);
  cleanup();
  open(working);
  await waitFor(() => expect(names()).toEqual(['quiet', 'orders', 'checkout']));
  const star = screen.getByRole('button', { name: 'Favourite: quiet' });
  expect(star).toHaveAttribute('aria-pressed', 'true');
  fireEvent.click(star);
  expect(names()).toEqual(['orders', 'checkout', 'quiet']);
});

it.each(['{', '"text"', '[1, null]'])('has no favourites where the storage holds %s', async (kept) => {
  localStorage.setItem('flamewatch-profiles-app:undefined:favourite-services', kept);
  open(working);
  await waitFor(() => expect(names()).toEqual(['orders', 'checkout', 'quiet']));
});

it('leads to a service with what it was looked at by', async () => {
  open(working, '?from=now-6h&to=now');
  await waitFor(() => expect(names()).toEqual(['orders', 'checkout', 'quiet']));
  const address = (name: string) =>
    Object.fromEntries(new URL(screen.getByRole<HTMLAnchorElement>('link', { name }).href).searchParams);
  expect(address('orders')).toEqual({
    from: 'now-6h',
    to: 'now',
    'var-ds': 'ds',
    'var-service': 'orders',
    'var-profileType': CPU,
  });
  expect(address('quiet')['var-profileType']).toBe(HEAP);
  fireEvent.click(screen.getByText('3 cores'));
  expect(locationService.getLocation().pathname).toBe('/a/flamewatch-profiles-app/explore');
});

it('leads to the comparison with the time before', async () => {
  open(working, '?from=now-6h&to=now');
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Compare orders with the time before' });
  expect(Object.fromEntries(new URL(link.href).searchParams)).toMatchObject({
    'var-ds': 'ds',
    'var-profileType': CPU,
    'comparison-selector': '{service_name="orders"}',
    'comparison-from': 'now-6h',
    'baseline-from': 'now-12h',
    'baseline-to': 'now-6h',
  });
});

it('keeps what it shows in the URL', async () => {
  const asked = open(working, `?var-profileType=${HEAP}&search=o&sort=name`);
  await waitFor(() => expect(names()).toEqual(['checkout', 'orders']));
  expect(asked.queries[0].targets[0].profileTypeId).toBe(HEAP);
  expect(screen.getByText(/2 of 3 services/)).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'or' } });
  fireEvent.click(screen.getByRole('button', { name: /Cost|CPU/ }));
  await waitFor(() => expect(locationService.getSearchObject()).toMatchObject({ search: 'or' }));
  expect(locationService.getSearchObject()).not.toHaveProperty('sort');
});

it('opens the first that is found on Enter', async () => {
  open(working);
  await screen.findByRole('link', { name: 'orders' });
  fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'check' } });
  fireEvent.keyDown(screen.getByLabelText('Search'), { key: 'Enter' });
  expect(locationService.getSearchObject()['var-service']).toBe('checkout');
});

it('offers all services when none is called so', async () => {
  open(working, '?search=nobody');
  fireEvent.click(await screen.findByText('Show all services'));
  await waitFor(() => expect(names()).toHaveLength(3));
});

it('says why there are no services', async () => {
  const text = 'The server has no profiles in this range.';
  const asked = open({
    resource: () => ({ services: [], profileTypes: [] }),
    answer: () => ({ series: [toDataFrame({ fields: [], meta: { notices: [{ severity: 'info', text }] } })] }),
  });
  expect(await screen.findByText(text)).toBeInTheDocument();
  expect(asked.queries[0].targets[0]).toMatchObject({ profileTypeId: '', labelSelector: '{service_name!=""}' });
  fireEvent.click(screen.getByText('Look at the last 24 hours'));
  expect(locationService.getSearchObject()).toMatchObject({ from: 'now-24h', to: 'now' });
});

it('says why it failed and tries again', async () => {
  let isUp = false;
  const down = {
    status: 502,
    statusText: '',
    data: { message: 'No server answers at example:4040.' },
    config: { url: '' },
  };
  open({ ...working, resource: () => (isUp ? twoServices : down) });
  expect(await screen.findByText('No server answers at example:4040.')).toBeInTheDocument();
  isUp = true;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'checkout' })).toBeInTheDocument();
});

it('lists services whose cost cannot be told, with the reason', async () => {
  open({
    ...working,
    answer: () => ({ state: LoadingState.Error, errors: [{ message: 'Values only ever grow.' }] }),
  });
  expect(await screen.findByText('Values only ever grow.')).toBeInTheDocument();
  await waitFor(() => expect(names()).toEqual(['checkout', 'orders', 'quiet']));
});

it('stops waiting on Cancel', async () => {
  open({ ...working, resource: () => NEVER });
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText('Loading was cancelled')).toBeInTheDocument();
});

it('asks for a data source where there is none', async () => {
  open({ datasources: [] });
  expect(await screen.findByText('Connect a profile server first')).toBeInTheDocument();
});

it('draws only what is in view of 500 services', async () => {
  const services = Array.from({ length: 500 }, (_, i) => ({ name: `service-${i}`, profileTypes: [CPU] }));
  open({ ...working, resource: () => ({ services, profileTypes: [{ id: CPU }] }) });
  await screen.findByText(/502 services/);
  expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '503');
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { type ReactNode } from 'react';

import type { DataSourceInstanceSettings } from '@grafana/data';
import { config, locationService } from '@grafana/runtime';

import recordedTrace from '../../../testdata/tempo/trace.json';
import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { tracesPage } from './tracesPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <>{children}</>,
}));

const PATH = '/a/flamewatch-profiles-app/traces?var-ds=ds&var-traces=tempo';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

/** Tempo's answer to a search that finds one span. */
const oneSpan = {
  traces: [
    {
      traceID: '7c9e66797425440de944be07fc1f90ae',
      rootServiceName: 'checkout',
      spanSets: [
        {
          spans: [
            {
              spanID: '61940201a61f3e83',
              name: 'POST /pay',
              startTimeUnixNano: '1763878748607000000',
              durationNanos: '2400000000',
              attributes: [{ key: 'pyroscope.profile.id', value: { stringValue: '61940201a61f3e83' } }],
            },
          ],
        },
      ],
    },
  ],
};

function shows(text: string) {
  return { results: { A: { frames: [{ schema: { meta: { custom: { shows: text } } } }] } } };
}

function open(tracesToProfiles: object | undefined, answers: Record<string, unknown>, more = '') {
  config.datasources = {
    Tempo: {
      name: 'Tempo',
      uid: 'tempo',
      type: 'tempo',
      url: '/api/datasources/proxy/uid/tempo',
      jsonData: { tracesToProfiles },
    } as unknown as DataSourceInstanceSettings,
  };
  const resource: StandIn['resource'] = (path) => answers[path] ?? [];
  const asked = startGrafana({ datasources: [{ uid: 'ds' }, { uid: 'tempo' }], resource }, PATH + more);
  openPage(tracesPage({}));
  return asked;
}

const checks = async () => {
  const list = await screen.findByRole('list', { name: 'Do the links work?' });
  return within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent ?? '');
};

afterEach(() => {
  config.datasources = {};
});

it('walks from a span to its samples', async () => {
  const asked = open(
    { datasourceUid: 'ds', profileTypeId: CPU },
    {
      '/api/datasources/proxy/uid/tempo/api/search': oneSpan,
      profileTypes: [{ id: CPU }],
      '/api/ds/query': shows('12 samples of this span, 120 ms CPU in 2.4 s wall.'),
    }
  );
  const texts = await checks();
  expect(texts.map((text) => /^(Works|Does not work|Not known)/.exec(text)?.[1])).toEqual(Array(4).fill('Works'));
  expect(texts[1]).toMatch(/1 spans? with the tag pyroscope.profile.id/);
  expect(texts[3]).toContain('12 samples of this span');
  expect(screen.getByRole('link', { name: 'Profile of this span' })).toHaveAttribute(
    'href',
    expect.stringContaining('61940201a61f3e83')
  );
  const query = asked.requests.find(({ url }) => url === '/api/ds/query');
  expect(query?.data).toMatchObject({ from: '1763878748607', to: '1763878751007' });
});

it('says what to change, with the file to copy', async () => {
  open(undefined, { '/api/datasources/proxy/uid/tempo/api/search': { traces: [] } });
  const texts = await checks();
  expect(texts[0]).toMatch(/^Does not work.*no tracesToProfiles/);
  expect(texts[1]).toContain('Wrap the tracer provider');
  expect(screen.getByText(/datasourceUid: "ds"/)).toBeInTheDocument();
});

it('looks at the service that is chosen', async () => {
  open(
    { datasourceUid: 'ds', profileTypeId: CPU },
    {
      '/api/datasources/proxy/uid/tempo/api/search': oneSpan,
      services: { services: [{ name: 'checkout' }, { name: 'orders' }], profileTypes: [{ id: CPU }] },
    }
  );
  // The list itself is not drawn without a layout; what is typed in full is chosen by Enter.
  await userEvent.type(await screen.findByLabelText(/^Service/), 'orders{Enter}');
  await waitFor(() => expect(locationService.getSearchObject()['var-service']).toBe('orders'));
});

describe('a trace', () => {
  const id = 'a673620165ebeef40381d1e8c49bf4d6';
  const path = `/api/datasources/proxy/uid/tempo/api/traces/${id}`;
  const queriesOf = (link: HTMLElement) =>
    JSON.parse(new URLSearchParams(link.getAttribute('href')?.split('?')[1]).get('panes') ?? '').left.queries;

  it('has each span with the profile that its samples are in', async () => {
    const asked = open({ datasourceUid: 'ds' }, { [path]: recordedTrace }, `&trace=${id.toUpperCase()}`);
    const row = (await screen.findByText(/write orders/)).closest('tr');
    expect(row).toHaveTextContent('the nearest span above with a profile');
    const link = within(row as HTMLElement).getByRole('link', { name: 'Profile of GET /export' });
    const root = screen.getByText('GET /export').closest('tr');
    const own = within(root as HTMLElement).getByRole('link', { name: 'Profile of this span' });
    expect(queriesOf(link)).toEqual([{ ...queriesOf(own)[0], spanName: 'GET /export', ancestorOf: 'write orders' }]);
    expect(queriesOf(screen.getByRole('link', { name: 'Profile of this trace' }))).toEqual(queriesOf(own));
    expect(asked.requests.some(({ url }) => url?.includes('/api/search'))).toBe(false);
  });

  it('without a profile says so', async () => {
    const spans = [{ spanId: 'AAAAAAAAAAE=', name: 'GET /' }];
    open(undefined, { [path]: { batches: [{ scopeSpans: [{ spans }] }] } }, `&trace=${id}`);
    expect(await screen.findByText('No span of this trace carries a profile id')).toBeInTheDocument();
    expect(screen.getByText(/Neither this span nor one above it/)).toBeInTheDocument();
  });

  it('that is not there any more is no fault of the profiles', async () => {
    open(undefined, { [path]: { status: 404, data: '', config: { url: path } } }, `&trace=${id}`);
    expect(await screen.findByText('This Tempo does not have that, or no longer.')).toBeInTheDocument();
  });

  it('is chosen by its id, or not at all', async () => {
    open(undefined, { [path]: recordedTrace, '/api/datasources/proxy/uid/tempo/api/search': { traces: [] } });
    const field = await screen.findByRole('textbox', { name: /^Trace/ });
    await userEvent.type(field, '../api{Enter}');
    expect(await screen.findByText('An id of a trace is up to 32 hexadecimal digits.')).toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, `${id}{Enter}`);
    expect(await screen.findByText(/write orders/)).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Do the links work?' })).not.toBeInTheDocument();
  });
});

it('helps where there is no Tempo yet', async () => {
  startGrafana({}, PATH);
  openPage(tracesPage({}));
  expect(await screen.findByText('There is no Tempo data source to look at')).toBeInTheDocument();
  expect(screen.getByText(/tracesToProfiles:/)).toBeInTheDocument();
});

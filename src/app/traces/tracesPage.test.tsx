import { screen, within } from '@testing-library/react';
import React, { type ReactNode } from 'react';

import type { DataSourceInstanceSettings } from '@grafana/data';
import { config } from '@grafana/runtime';

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

function open(tracesToProfiles: object | undefined, answers: Record<string, unknown>) {
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
  const asked = startGrafana({ datasources: [{ uid: 'ds' }, { uid: 'tempo' }], resource }, PATH);
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

it('helps where there is no Tempo yet', async () => {
  startGrafana({}, PATH);
  openPage(tracesPage({}));
  expect(await screen.findByText('There is no Tempo data source to look at')).toBeInTheDocument();
  expect(screen.getByText(/tracesToProfiles:/)).toBeInTheDocument();
});

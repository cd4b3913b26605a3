import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import React, { type ReactNode } from 'react';

import { config } from '@grafana/runtime';

import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { alertsPage } from './alertsPage';
import { plainLink } from './plainLink';

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

const RULES = '/api/prometheus/grafana/api/v1/rules';

const rule = {
  uid: 'r1',
  name: 'Regressions of orders',
  type: 'alerting',
  state: 'firing',
  health: 'ok',
  query: '[]',
  labels: {},
  annotations: { runbook_url: '{{ externalURL }}a/x/runbooks/y?var-service={{ $labels.service_name }}&var-ds=ds' },
  queriedDatasourceUIDs: ['ds'],
  lastEvaluation: '2026-11-29T10:00:00Z',
  totals: { alerting: 2 },
};

const rules = (...list: object[]) => ({ data: { groups: [{ name: 'g', file: 'Shop', interval: 60, rules: list }] } });
const refused = (status: number, message: string) => ({
  status,
  statusText: '',
  data: { message },
  config: { url: '' },
});

function open(resource: StandIn['resource']) {
  const asked = startGrafana({ resource }, '/a/flamewatch-profiles-app/alerts');
  openPage(alertsPage({}));
  return asked;
}

beforeEach(() => {
  config.unifiedAlertingEnabled = true;
});

it('lists the rules on profiles with their state', async () => {
  const other = { ...rule, uid: 'r2', name: 'broken', state: 'inactive', health: 'error', lastError: 'no such type' };
  open((url) => (url === RULES ? rules(other, rule, { ...rule, uid: 'r3', queriedDatasourceUIDs: ['mimir'] }) : []));
  const rows = await screen.findAllByRole('row');
  expect(rows.slice(1).map((row) => within(row).getAllByRole('cell')[0].textContent)).toEqual(['Firing: 2', 'Error']);
  expect(screen.getByRole('link', { name: 'Regressions of orders' })).toHaveAttribute(
    'href',
    '/alerting/grafana/r1/view'
  );
  expect(screen.getByText('no such type')).toBeInTheDocument();
  expect(screen.getAllByRole('link', { name: 'Runbook' })[0]).toHaveAttribute('href', '/a/x/runbooks/y?var-ds=ds');
});

it('says of whom a rule fires, and leads to the runbook with the evidence', async () => {
  config.appUrl = 'https://grafana.example/';
  const alert = (summary: string, runbook_url: string) => ({
    state: 'Alerting',
    labels: { alertname: 'Regressions', service_name: 'orders' },
    annotations: { summary, runbook_url },
  });
  const alerts = [
    alert('encode of orders grew', 'https://grafana.example/a/x/runbooks/y?var-service=orders'),
    alert('{{ $labels.service_name }} grew', 'javascript:alert(1)'),
    ...Array.from({ length: 5 }, (_, i) => alert(`other ${i}`, '')),
  ];
  open((url) => (url === RULES ? rules({ ...rule, alerts }) : []));
  expect(await screen.findByRole('link', { name: 'encode of orders grew' })).toHaveAttribute(
    'href',
    '/a/x/runbooks/y?var-service=orders'
  );
  expect(screen.getByText('service_name=orders')).not.toHaveAttribute('href');
  expect(screen.getByText('and 2 more')).toBeInTheDocument();
});

it('says that there is no alerting, and still hands out the rules', async () => {
  config.unifiedAlertingEnabled = false;
  const asked = open(() => []);
  expect(await screen.findByText('This Grafana has no alerting')).toBeInTheDocument();
  expect(await screen.findByText('Download as provisioning YAML')).toBeInTheDocument();
  expect(screen.queryByText(/^Create \d+ rules/)).not.toBeInTheDocument();
  expect(asked.requests).toEqual([]);
});

it('says why rules cannot be seen', async () => {
  open((url) => (url === RULES ? refused(403, '') : []));
  expect(await screen.findByText(/alert\.rules:read/)).toBeInTheDocument();
});

it('creates what is chosen in a new folder, and says what was refused', async () => {
  let created = 0;
  const asked = open((url, { method }) => {
    if (url === RULES) {
      return rules();
    }
    if (url === '/api/folders') {
      return method === 'POST' ? { uid: 'new', title: 'Flamewatch' } : [];
    }
    if (url.endsWith('/alert-rules')) {
      return ++created === 2 ? refused(403, 'quota has been exceeded') : {};
    }
    return { rules: [] };
  });
  const boxes = await screen.findAllByRole('checkbox');
  expect(await screen.findByText('No alert rule watches profiles yet')).toBeInTheDocument();
  boxes.slice(0, 2).forEach((box) => fireEvent.click(box));
  fireEvent.click(screen.getByRole('button', { name: 'Create 2 rules' }));
  expect(await screen.findByText('Created: 1, refused: 1')).toBeInTheDocument();
  expect(screen.getByText(/as many alert rules as it allows/)).toBeInTheDocument();
  const posts = asked.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/alert-rules'));
  expect(posts).toHaveLength(2);
  expect(posts[0]).toMatchObject({
    headers: { 'X-Disable-Provenance': 'true' },
    data: { folderUID: 'new', data: expect.arrayContaining([expect.objectContaining({ datasourceUid: 'ds' })]) },
  });
  await waitFor(() => expect(asked.requests.filter(({ url }) => url === RULES)).toHaveLength(2));
});

it.each([
  [undefined, undefined],
  ['', undefined],
  ['javascript:alert(1)', undefined],
  ['//evil.example/x', undefined],
  ['/\\evil.example/x', undefined],
  ['/\t/evil.example/x', undefined],
  ['{{ $labels.link }}', undefined],
  ['https://wiki.example/{{ $labels.x }}', undefined],
  ['https://wiki.example/x?a={{ $labels.a }}&b=1', { href: 'https://wiki.example/x?b=1', isElsewhere: true }],
  ['{{externalURL}}a/b?c={{ $labels.c | urlquery }}', { href: '/a/b', isElsewhere: false }],
])('a link of %j', (template, link) => {
  expect(plainLink(template)).toEqual(link);
});

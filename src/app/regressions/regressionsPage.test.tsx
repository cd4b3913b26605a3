import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { type ReactNode } from 'react';
import { concat, NEVER, of } from 'rxjs';

import { config, locationService } from '@grafana/runtime';

import { readSilences, silenceOf } from '../alerting/silence';
import { serviceDirectoryOf } from '../resources/useServiceDirectory';
import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { labelsOf } from './rankedFindings';
import { regressionsPage } from './regressionsPage';
import { BEGUN, CPU, DONE, finding, serviceFindings, streamOf } from './testing';

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

const PATH = '/a/flamewatch-profiles-app/regressions';
const SILENCES = '/api/alertmanager/grafana/api/v2/silences';

const services = {
  services: [{ name: 'orders', profileTypes: [CPU] }],
  profileTypes: [{ id: CPU }],
};

const found = streamOf(BEGUN, serviceFindings(), DONE);

function open(standIn: StandIn, search = '') {
  serviceDirectoryOf.cache.clear?.();
  const asked = startGrafana(
    { resource: (path) => (path === 'services' ? services : []), stream: () => found, ...standIn },
    PATH + search
  );
  openPage(regressionsPage({}));
  return asked;
}

const opener = () => screen.findByRole('button', { name: 'orders.serializeOrder' });
const withSilences =
  (list: () => unknown): StandIn['resource'] =>
  (path) =>
    path === 'services' ? services : path === SILENCES ? list() : [];

beforeEach(() => {
  config.unifiedAlertingEnabled = true;
});

it('asks for the findings of all services, against the time before', async () => {
  const asked = open({}, '?from=now-2h&to=now');
  expect(await opener()).toBeInTheDocument();
  const request = asked.requests.find(({ url }) => url.endsWith('/resources/regressions'));
  expect(request).toMatchObject({
    method: 'POST',
    data: { query: { profileTypeId: CPU, labelSelector: '{}', baseline: { offset: '2h' } }, profileTypes: [CPU] },
  });
  expect(request?.data.to - request?.data.from).toBe(2 * 3_600_000);
  expect(screen.getByText('+0.400 cores')).toBeInTheDocument();
  expect(screen.getByText('12.0% → 26.0%, 2.17 ×')).toBeInTheDocument();
  expect(screen.getByText('Very sure · v1.4.3')).toBeInTheDocument();
  expect(screen.getByRole('img', { name: /v1\.4\.3 came at/ })).toBeInTheDocument();
  expect(screen.getByText('1 of 1 services were looked at, in 1.2 s.')).toBeInTheDocument();
});

it('opens a finding: facts, links with absolute times, and the diff focused on its path', async () => {
  const asked = open({}, '?from=now-2h&to=now');
  fireEvent.click(await opener());
  expect(await screen.findByText('main.main › orders.Place › orders.serializeOrder')).toBeInTheDocument();
  expect(screen.getByText('on 2 of 2 looked at')).toBeInTheDocument();
  const runbook = screen.getByRole<HTMLAnchorElement>('link', { name: 'Open runbook' });
  expect(Object.fromEntries(new URL(runbook.href).searchParams)).toEqual({
    'var-ds': 'ds',
    'var-service': 'orders',
    'var-function': 'orders.serializeOrder',
    'var-profileType': CPU,
    from: '3600000',
    to: '7200000',
    baselineFrom: '0',
    baselineTo: '3600000',
    version: 'v1.4.3',
    baselineVersion: 'v1.4.2',
  });
  await waitFor(() => expect(asked.queries).toHaveLength(1));
  expect(asked.queries[0].targets[0]).toMatchObject({
    queryType: 'diff',
    labelSelector: '{service_name="orders"}',
    baseline: { labelSelector: '{service_name="orders"}', from: 0, to: 3_600_000 },
  });
  expect(asked.queries[0].range.from.valueOf()).toBe(3_600_000);
  await waitFor(() => expect(locationService.getSearchObject().finding).toBe('orders orders.serializeOrder'));
});

it('leads to an alert rule on the function, half way back', async () => {
  open({}, '?from=now-2h&to=now');
  fireEvent.click(await opener());
  const buttons = await screen.findAllByRole('button', { name: 'Create alert rule' });
  fireEvent.click(buttons[buttons.length - 1]);
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Continue in Grafana’s form' });
  const rule = JSON.parse(new URL(link.href).searchParams.get('defaults') ?? '');
  expect(rule).toMatchObject({ name: 'Share of orders.serializeOrder in orders', condition: 'C', evaluateFor: '5m' });
  expect(rule.queries[0].model).toMatchObject({ function: '^orders\\.serializeOrder$', asShare: true });
  expect(rule.queries[2].model.conditions[0].evaluator.params).toEqual([0.19]);
  expect(rule.labels).toContainEqual({ key: 'kind', value: 'grew' });
  expect(rule.annotations).toContainEqual({
    key: 'runbook_url',
    value: expect.stringMatching(
      /^\{\{ externalURL \}\}a\/flamewatch-profiles-app\/runbooks\/cpu-regression-after-deploy\?.*&var-service=\{\{ \$labels\.service_name \| urlquery \}\}/
    ),
  });
});

it('mutes by a silence, and shows who muted', async () => {
  let muted: unknown[] = [];
  const asked = open({
    resource: (path, { method, data }) => {
      if (path === SILENCES && method === 'POST') {
        muted = [{ id: 's1', status: { state: 'active' }, ...(data as object) }];
        return { silenceID: 's1' };
      }
      return withSilences(() => muted)!(path, { url: '' });
    },
  });
  fireEvent.click(await opener());
  const mute = await screen.findByRole('button', { name: 'Mute' });
  await waitFor(() => expect(mute).toBeEnabled());
  fireEvent.click(mute);
  const dialog = await screen.findByRole('dialog');
  const submit = within(dialog).getByRole('button', { name: 'Mute' });
  fireEvent.click(submit);
  expect(await within(dialog).findByText('Say why, for whoever finds it muted')).toBeInTheDocument();
  fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'known' } });
  fireEvent.click(submit);
  expect(await screen.findByText(/^Muted until .*: known$/)).toBeInTheDocument();
  const post = asked.requests.find(({ method, url }) => method === 'POST' && url === SILENCES);
  expect(post?.data).toMatchObject({
    comment: 'known',
    matchers: [
      { name: 'service_name', value: 'orders', isRegex: false, isEqual: true },
      { name: 'function', value: 'orders.serializeOrder', isRegex: false, isEqual: true },
      { name: 'kind', value: 'grew', isRegex: false, isEqual: true },
    ],
  });
});

it('says what is missing when Grafana refuses the silence', async () => {
  open({
    resource: (path, { method }) =>
      method === 'POST'
        ? { status: 403, statusText: '', data: { message: 'Access denied' }, config: { url: '' } }
        : withSilences(() => [])!(path, { url: '' }),
  });
  fireEvent.click(await opener());
  const mute = await screen.findByRole('button', { name: 'Mute' });
  await waitFor(() => expect(mute).toBeEnabled());
  fireEvent.click(mute);
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'known' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Mute' }));
  expect(await within(dialog).findByText(/alert\.instances:create.*Access denied/)).toBeInTheDocument();
});

it('lists what is muted and gone', async () => {
  const vanished = silenceOf({
    labels: labelsOf(finding({ function: 'orders.old' })),
    reason: 'gone soon',
    createdBy: 'ada',
    from: 0,
    to: 1,
  });
  const list = [{ id: 's', status: { state: 'active' }, ...vanished }];
  expect(readSilences(list)).toHaveLength(1);
  open({ resource: withSilences(() => list) });
  expect(await screen.findByText('Muted, and not found now')).toBeInTheDocument();
  expect(screen.getByText('orders.old of orders (grew)')).toBeInTheDocument();
});

it('cannot mute where there is no alerting', async () => {
  config.unifiedAlertingEnabled = false;
  open({});
  fireEvent.click(await opener());
  expect(await screen.findByRole('button', { name: 'Mute' })).toHaveAttribute('aria-disabled', 'true');
  expect(screen.queryByRole('button', { name: /Create alert rule/ })).not.toBeInTheDocument();
});

it('shows progress, and what was found until it is cancelled', async () => {
  const progress = { event: 'progress' as const, done: 3, total: 40, service: 'basket' };
  open({ stream: () => concat(of(streamOf(BEGUN, serviceFindings(), progress)), NEVER) });
  expect(await screen.findByText('3 of 40 services, now basket')).toBeInTheDocument();
  expect(await opener()).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText(/^Cancelled: these are the findings of/)).toBeInTheDocument();
  expect(await opener()).toBeInTheDocument();
});

it('says that nothing costs more, why not, and what was hidden', async () => {
  const candidate = { function: 'orders.tax', baseline: 0.1, comparison: 0.12, q: 0.4, why: 'It may be chance.' };
  open({ stream: () => streamOf(BEGUN, serviceFindings({ findings: [], rejected: [candidate] }), DONE) });
  expect(await screen.findByText('Nothing costs more than before')).toBeInTheDocument();
  expect(screen.getByText('Why not? Candidates that are no finding: 1')).toBeInTheDocument();
  expect(screen.getByText('It may be chance.')).toBeInTheDocument();
});

it('does not take a range without services for a healthy one', async () => {
  open({ stream: () => streamOf(BEGUN, DONE) });
  expect(await screen.findByText('It cannot be told whether anything costs more')).toBeInTheDocument();
  expect(screen.getByText(/^No service sent profiles of this type/)).toBeInTheDocument();
  expect(screen.queryByText('Nothing costs more than before')).not.toBeInTheDocument();
});

it('offers all changes when only cheaper ones were found', async () => {
  open({ stream: () => streamOf(BEGUN, serviceFindings({ findings: [finding({ kind: 'shrank' })] }), DONE) });
  await userEvent.click(await screen.findByRole('button', { name: 'Show all changes' }));
  expect(await opener()).toBeInTheDocument();
});

it('says how much more data it would take', async () => {
  const insufficient = { share: 0.05, smallestChange: 0.04, sentence: '' };
  open({
    stream: () =>
      streamOf(BEGUN, serviceFindings({ findings: [], insufficient, baselineSamples: 12, comparisonSamples: 9 }), DONE),
  });
  expect(await screen.findByText('It cannot be told whether anything costs more')).toBeInTheDocument();
  expect(screen.getAllByText(/12 samples before, 9 now.*5\.0% of the profile must have gained 4\.0%/)).not.toHaveLength(
    0
  );
});

it('says why the search failed', async () => {
  open({ stream: () => streamOf(BEGUN, { event: 'failed', message: 'No server answers at example:4040.' }) });
  expect(await screen.findByText('No server answers at example:4040.')).toBeInTheDocument();
});

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import React, { type ComponentProps, type ReactNode } from 'react';

import { locationService } from '@grafana/runtime';

import { runbookUrl, SHIPPED_RUNBOOKS } from '../../links/runbookUrl';
import App from '../App';
import { serviceDirectoryOf } from '../resources/useServiceDirectory';
import type { AppSettings } from '../settings';
import { type StandIn, startGrafana } from '../testing/grafana';
import { openAt } from '../testing/openPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children, pageNav }: { children: ReactNode; pageNav: { text: string } }) => (
    <main>
      <h1>{pageNav.text}</h1>
      {children}
    </main>
  ),
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const HEAP = 'memory:inuse_space:bytes:space:bytes';
const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 10, 24, 12);
const range = { from: FROM, to: FROM + HOUR };

const working: StandIn = {
  resource: (path, { params }) => {
    switch (path) {
      case 'services':
        return { services: [{ name: 'orders', profileTypes: [CPU, HEAP] }], profileTypes: [{ id: CPU }, { id: HEAP }] };
      case 'labelNames':
        return ['namespace', 'team', 'version'];
      case 'labelValues':
        return { version: ['v1', 'v2'], team: ['payments'], namespace: ['shop'] }[String(params?.label)] ?? [];
      case 'deploys':
        return [];
      default:
        return { status: 'OK', message: 'Connected.' };
    }
  },
};

function open(address: string, settings: AppSettings = {}, standIn: StandIn = working) {
  serviceDirectoryOf.cache.clear?.();
  const asked = startGrafana(standIn, address);
  openAt(PATH, <App {...({ meta: { jsonData: settings } } as ComponentProps<typeof App>)} />);
  return asked;
}

const own = (body: string, above = 'title: Mine\nsummary: S') => ({
  runbooks: [{ slug: 'mine', markdown: `---\n${above}\n---\n${body}` }],
});

const fence = (kind: string, options = '') => `\n\`\`\`flamewatch ${kind}\n${options}\n\`\`\`\n`;

describe('the list', () => {
  it('has every shipped runbook, and finds one by its symptom', async () => {
    open(`${PATH}/runbooks`);
    expect(await screen.findAllByRole('listitem')).toHaveLength(SHIPPED_RUNBOOKS.length);
    fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'goroutine' } });
    const found = within(screen.getByRole('region', { name: 'Services' }));
    expect(found.getByRole('link', { name: /goroutine/i })).toHaveAttribute('href', `${PATH}/runbooks/goroutine-leak`);
  });

  it('says which settings it does not understand', async () => {
    open(`${PATH}/runbooks`, { runbooks: [{ slug: 'Bad Slug', markdown: '' }] });
    expect(await screen.findByText(/Runbook 1 of the app’s settings is left out/)).toBeInTheDocument();
  });
});

describe('a page', () => {
  it('asks for the diff of the versions that the alert names', async () => {
    const incident = { service: 'orders', range, version: 'v2', baselineVersion: 'v1', datasourceUid: 'ds' };
    const asked = open(runbookUrl('cpu-regression-after-deploy', incident));
    await waitFor(() => expect(asked.queries.some(({ targets }) => targets[0]?.queryType === 'diff')).toBe(true));
    const diff = asked.queries.find(({ targets }) => targets[0]?.queryType === 'diff');
    expect(diff?.targets[0]).toMatchObject({
      profileTypeId: CPU,
      labelSelector: '{service_name="orders", version="v2"}',
      baseline: { labelSelector: '{service_name="orders", version="v1"}', from: FROM - HOUR, to: FROM + HOUR },
    });
    expect(diff?.range.from.valueOf()).toBe(FROM);
    expect(diff?.range.to.valueOf()).toBe(FROM + HOUR);
    expect(screen.getByText(/Version v2 is compared with v1/)).toBeInTheDocument();
  });

  it('lets the service be chosen where the alert named none', async () => {
    const asked = open(`${PATH}/runbooks/mine?var-service={{ $labels.service_name }}`, own(fence('series')));
    expect(await screen.findByText(/The link names no service/)).toBeInTheDocument();
    expect(screen.getByText('Choose the service that this is about, above.')).toBeInTheDocument();
    expect(asked.queries).toEqual([]);
    expect(locationService.getSearchObject()).not.toHaveProperty('var-service');
  });

  it('fills commands and leads on in absolute times', async () => {
    open(
      runbookUrl('mine', { service: 'orders', range }),
      own('`{{service}}` [next](runbook:memory-leak)\n\n```bash\nkubectl -n {{namespace}} get pod {{pod}}\n```')
    );
    expect(await screen.findByText('kubectl -n shop get pod <pod>')).toBeInTheDocument();
    const next = new URL((screen.getByText('next') as HTMLAnchorElement).href);
    expect(next.pathname).toBe(`${PATH}/runbooks/memory-leak`);
    expect(Object.fromEntries(next.searchParams)).toMatchObject({
      'var-service': 'orders',
      from: String(range.from),
      to: String(range.to),
      baselineFrom: String(range.from - HOUR),
    });
  });

  it('shows a broken block in its place and the rest all the same', async () => {
    const asked = open(
      runbookUrl('mine', { service: 'orders', range }),
      own(`before\n${fence('sereis')}\n${fence('series', 'type: goroutines')}\n${fence('series')}\nafter`)
    );
    expect(await screen.findAllByText(/There is no block “sereis”/)).toHaveLength(2);
    expect(await screen.findByText(/orders sends no profiles of the type goroutines/)).toBeInTheDocument();
    expect(screen.getByText('before')).toBeInTheDocument();
    expect(screen.getByText('after')).toBeInTheDocument();
    await waitFor(() => expect(asked.queries.some(({ targets }) => targets[0]?.profileTypeId === CPU)).toBe(true));
  });

  it('names who to call', async () => {
    open(runbookUrl('mine', { service: 'orders', range }), {
      ...own(fence('escalation')),
      teamContacts: { payments: '**#payments** [page](https://pager.example/payments)' },
    });
    expect(await screen.findByRole('link', { name: 'page' })).toHaveAttribute('href', 'https://pager.example/payments');
  });

  it('offers what to capture before a restart', async () => {
    open(runbookUrl('mine', { service: 'orders', range }), own(fence('captures', 'profiles: [heap]')));
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Heap profile' });
    await waitFor(() => expect(new URL(link.href).searchParams.get('service')).toBe('orders'));
    expect(new URL(link.href).searchParams.get('type')).toBe('heap');
  });

  it('says when profiling itself is unhealthy', async () => {
    const down = { status: 400, data: { message: 'No server answers.' }, config: { url: '' } };
    open(runbookUrl('mine', { service: 'orders', range }), own('text'), {
      resource: (path, request) => (/health$/.test(path) ? down : working.resource?.(path, request)),
    });
    expect(await screen.findByText('Profiling itself is unhealthy')).toBeInTheDocument();
    expect(screen.getByText('No server answers.')).toBeInTheDocument();
    expect(screen.getByText('text')).toBeInTheDocument();
  });

  it('says when profiles are late', async () => {
    open(runbookUrl('mine', { service: 'orders', range }), own('text'));
    expect(await screen.findByText('Profiles of orders are late')).toBeInTheDocument();
  });

  it('shows its text while the server is down', async () => {
    const down = { status: 502, data: { message: 'No server answers.' }, config: { url: '' } };
    open(runbookUrl('mine', { service: 'orders', range }), own('the text'), { resource: () => down });
    expect(await screen.findByText('the text')).toBeInTheDocument();
    expect(await screen.findByText('The services could not be loaded')).toBeInTheDocument();
  });

  it('keeps what is ticked off when it is opened again', async () => {
    const address = runbookUrl('mine', { service: 'orders', range });
    open(address, own('- [ ] Capture the heap'));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Capture the heap' }));
    expect(Object.keys(sessionStorage).some((key) => key.includes('runbook.mine'))).toBe(true);
  });

  it('leads to near runbooks where there is none', async () => {
    open(`${PATH}/runbooks/memory-leek?var-service=orders`);
    expect(await screen.findByText('There is no runbook “memory-leek”')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /memory leak/i })).toHaveAttribute(
      'href',
      `${PATH}/runbooks/memory-leak?var-service=orders`
    );
  });
});

import { act, fireEvent, screen } from '@testing-library/react';
import React, { type ReactNode } from 'react';
import { Observable, of, Subject } from 'rxjs';

import { type BackendSrv, type FetchError, getBackendSrv, setBackendSrv } from '@grafana/runtime';

import { type StandIn, startGrafana } from '../testing/grafana';
import { openPage } from '../testing/openPage';

import { capturesPage } from './capturesPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <main>{children}</main>,
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app/captures';
const ETCD = { id: 'etcd', name: 'etcd', kind: 'etcd', instances: ['a', 'b'], labels: { service_name: 'etcd' } };
const SHOP = { id: 'shop', name: 'Shop', kind: 'go', instances: ['x'], labels: { service_name: 'checkout' } };
const TARGETS = [SHOP, ETCD].map((target) => ({ ...target, mostSeconds: 60 }));

const working: StandIn = {
  resource: (path) =>
    path === 'captures/targets' ? { targets: TARGETS } : path === 'captures/kept' ? [] : { services: [] },
};

/** Opens the screen; captures are answered by what is given. */
function open(standIn: StandIn, search = '', capture: Observable<unknown> = of()) {
  const asked: unknown[] = [];
  startGrafana(standIn, PATH + search);
  setBackendSrv({
    fetch: getBackendSrv().fetch,
    chunked: ({ data }: { data: unknown }) => {
      asked.push(data);
      return capture;
    },
  } as unknown as BackendSrv);
  openPage(capturesPage({}));
  return asked;
}

it('chooses the target of the service that a link names', async () => {
  open(working, '?service=checkout&type=heap');
  expect(await screen.findByLabelText('Target')).toHaveValue('Shop');
  expect(screen.getByLabelText('Profile')).toHaveValue('Heap');
});

it('names the targets that cannot be used, beside those that can', async () => {
  const leftOut = ['The setting captureTargets of the data source has a target that cannot be used: <b>its url</b>.'];
  open({ resource: (path) => (path === 'captures/targets' ? { targets: TARGETS, leftOut } : []) });
  expect(await screen.findByText(leftOut[0])).toBeInTheDocument();
  expect(screen.getByLabelText('Target')).toHaveValue('Shop');
});

it('captures nothing by itself, and what is chosen when it is told to', async () => {
  const asked = open(working, '?target=etcd&instance=b&type=cpu', new Subject());
  const capture = await screen.findByRole('button', { name: 'Capture' });
  expect(asked).toEqual([]);
  fireEvent.click(capture);
  expect(asked).toEqual([{ target: 'etcd', instance: 'b', profile: 'cpu', mode: 'once', seconds: 10 }]);
  expect(screen.getByRole('status')).toHaveTextContent('CPU: asking');
});

it('cancels down to the backend', async () => {
  let isOver = false;
  open(working, '', new Observable(() => () => (isOver = true)));
  fireEvent.click(await screen.findByRole('button', { name: 'Capture' }));
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Cancel' })));
  expect(isOver).toBe(true);
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});

it('says why a capture was refused', async () => {
  const data = new TextEncoder().encode('{"error":"Shop records a CPU profile already."}');
  open(working, '', of({ status: 429, data }, { status: 429 }));
  fireEvent.click(await screen.findByRole('button', { name: 'Capture' }));
  expect(await screen.findByText('Shop records a CPU profile already.')).toBeInTheDocument();
});

it.each([
  ['heap', 'inuse_space', 'bytes', /when the garbage collector ran last/],
  ['mutex', 'delay', 'nanoseconds', /runtime\.SetMutexProfileFraction/],
])('says why a %s profile may be empty', async (type, sampleType, unit, why) => {
  const profile = emptyPprof(sampleType, unit);
  const begun = { progress: { phase: 'recording', take: 1, takes: 1, elapsed: 0, of: 0, bytes: 0 } };
  const lines = [begun, { profiles: [{ bytes: profile.length, at: 1000 }] }].map((line) => `${JSON.stringify(line)}\n`);
  const data = new Uint8Array([...new TextEncoder().encode(lines.join('')), ...profile]);
  open(working, `?type=${type}`, of({ status: 200, data }));
  fireEvent.click(await screen.findByRole('button', { name: 'Capture' }));
  const said = await screen.findByRole('status', { name: 'The profile has no samples of this type' });
  expect(said).toHaveTextContent(why);
});

/** A pprof file with one sample type and no samples: field 1 is a sample type, field 6 a text. */
function emptyPprof(sampleType: string, unit: string): number[] {
  const texts = ['', sampleType, unit].map((text) => [...new TextEncoder().encode(text)]);
  return [0x0a, 4, 0x08, 1, 0x10, 2, ...texts.flatMap((text) => [0x32, text.length, ...text])];
}

it('gives the ClusterRole to copy where that is missing', async () => {
  const data = new TextEncoder().encode(
    '{"progress":{"phase":"recording","take":1,"takes":1,"elapsed":0,"of":0,"bytes":0}}\n{"problem":{"message":"It forbids it.","status":502,"remedy":"kind: ClusterRole"}}\n'
  );
  open(working, '', of({ status: 200, data }));
  fireEvent.click(await screen.findByRole('button', { name: 'Capture' }));
  expect(await screen.findByText('It forbids it.')).toBeInTheDocument();
  expect(screen.getByText('kind: ClusterRole')).toBeInTheDocument();
});

it('takes the profiles of a scenario one after the other, and says what to look for', async () => {
  const asked = open(working, '', new Subject());
  fireEvent.click(await screen.findByRole('button', { name: 'etcd takes memory' }));
  expect(asked).toEqual([{ target: 'etcd', instance: 'a', profile: 'heap', mode: 'once', seconds: 0 }]);
  expect(screen.getByText('etcd takes memory: what to look for')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'API server is slow' })).toHaveAttribute('aria-disabled', 'true');
});

it('leads an administrator to where targets are set up', async () => {
  open({ resource: (path) => (path === 'captures/targets' ? { targets: [] } : []) });
  expect(await screen.findByText('There is nothing to capture yet')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Data source settings' })).toHaveAttribute(
    'href',
    '/connections/datasources/edit/ds'
  );
});

it('says that a viewer may not capture', async () => {
  const refused: FetchError = { status: 403, config: { url: '' }, data: { error: 'Captures need the role Editor.' } };
  open({ resource: () => refused });
  expect(await screen.findByText('Captures need the role Editor.')).toBeInTheDocument();
});

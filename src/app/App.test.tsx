import { screen } from '@testing-library/react';
import React, { type ComponentProps, type ReactNode } from 'react';

import { locationService } from '@grafana/runtime';

import App from './App';
import { ScreenBoundary } from './screen/ScreenBoundary';
import { startGrafana } from './testing/grafana';
import { openAt } from './testing/openPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <main>{children}</main>,
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app';

// The app reads no more of what Grafana gives it.
const given = { meta: { jsonData: {} } } as ComponentProps<typeof App>;

function open(address: string) {
  startGrafana({ resource: () => ({ services: [], profileTypes: [] }) }, PATH + address);
  openAt(PATH, <App {...given} />);
}

it('begins with the services', async () => {
  open('');
  expect(await screen.findByText('No service sent profiles in this time range')).toBeInTheDocument();
  expect(locationService.getLocation().pathname).toBe(`${PATH}/services`);
});

it.each(['/nowhere', '/services/old', '/explore2', '/%3Cb%3E'])('says that there is no screen at %s', async (path) => {
  open(`${path}?from=now-6h&to=now&var-ds=ds&var-service=x`);
  expect(await screen.findByText(`Flamewatch has no screen at “${decodeURIComponent(path)}”`)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Services' })).toHaveAttribute(
    'href',
    `${PATH}/services?from=now-6h&to=now&var-ds=ds`
  );
  expect(screen.getByRole('link', { name: 'Explore' })).toBeInTheDocument();
});

it('takes a slash at the end for nothing', async () => {
  open('/services/');
  expect(await screen.findByText('No service sent profiles in this time range')).toBeInTheDocument();
});

describe('a screen that breaks', () => {
  const silent = jest.spyOn(console, 'error');
  beforeEach(() => void silent.mockImplementation(() => undefined));
  afterAll(() => silent.mockRestore());

  function openBroken(error: Error) {
    let broken = true;
    const Screen = () => {
      if (broken) {
        throw error;
      }
      return <p>works</p>;
    };
    startGrafana({}, `${PATH}/services?search=x`);
    openAt(
      PATH,
      <ScreenBoundary>
        <Screen />
      </ScreenBoundary>
    );
    return () => (broken = false);
  }

  it('says why and is tried again', async () => {
    const repair = openBroken(new Error('The step is not a number.'));
    expect(await screen.findByText('The step is not a number.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Start over' })).toHaveAttribute('href', `${PATH}/services`);
    repair();
    screen.getByRole('button', { name: 'Try again' }).click();
    expect(await screen.findByText('works')).toBeInTheDocument();
  });

  it('asks for the page to be loaded anew where its code did not come', async () => {
    openBroken(Object.assign(new Error('Loading chunk 7 failed.'), { name: 'ChunkLoadError' }));
    expect(await screen.findByRole('button', { name: 'Reload the page' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });
});

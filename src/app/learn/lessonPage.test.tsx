import { screen, waitFor } from '@testing-library/react';
import React, { type ComponentProps, type ReactNode } from 'react';
import { of } from 'rxjs';

import { FieldType, toDataFrame } from '@grafana/data';
import { getDataSourceSrv, setDataSourceSrv } from '@grafana/runtime';

import App from '../App';
import { serviceDirectoryOf } from '../resources/useServiceDirectory';
import { startGrafana } from '../testing/grafana';
import { openAt } from '../testing/openPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: ({ children }: { children: ReactNode }) => <main>{children}</main>,
}));

// Takes seconds to read the drawing of an empty state.
jest.mock('react-inlinesvg', () => () => null);

const PATH = '/a/flamewatch-profiles-app';
const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

const SERVICES = {
  services: ['adder', 'orders', 'zipper'].map((name) => ({ name, profileTypes: [CPU] })),
  profileTypes: [{ id: CPU }],
};

const costOf = (service: string, cores: number) =>
  toDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [1000] },
      { name: 'value', type: FieldType.number, values: [cores], labels: { service_name: service } },
    ],
  });

function open(
  address: string,
  query = () => of({ data: [costOf('adder', 1), costOf('orders', 3), costOf('zipper', 2)] })
) {
  serviceDirectoryOf.cache.clear?.();
  const answers: Record<string, unknown> = {
    services: SERVICES,
    coverage: { services: [{ name: 'orders', types: [{ id: CPU, last: Date.now() }] }] },
  };
  const asked = startGrafana({ resource: (path) => answers[path] ?? [] }, address);
  const service = getDataSourceSrv();
  setDataSourceSrv({
    ...service,
    get: async (ref: { uid: string }) => ({ ...(await service.get(ref)), query }),
  } as unknown as typeof service);
  openAt(PATH, <App {...({ meta: { jsonData: {} } } as ComponentProps<typeof App>)} />);
  return asked;
}

const selectors = ({ queries }: ReturnType<typeof open>) => queries.map(({ targets }) => targets[0]?.labelSelector);

it('draws the busiest service by itself, without the bar of an incident', async () => {
  const asked = open(`${PATH}/learn/flame-graph`);
  await waitFor(() => expect(selectors(asked)).toContain('{service_name="orders"}'));
  expect(screen.getByLabelText('Service of the pictures')).toHaveValue('orders');
  expect(screen.queryByText('Copy link to this incident')).not.toBeInTheDocument();
  expect(screen.queryByText(/are late/)).not.toBeInTheDocument();
});

it('draws the service of the address', async () => {
  const asked = open(`${PATH}/learn/flame-graph?var-service=zipper`);
  await waitFor(() => expect(selectors(asked)).toContain('{service_name="zipper"}'));
  expect(selectors(asked)).not.toContain('{service_name="orders"}');
});

it('names the service in the title of a picture', async () => {
  const asked = open(`${PATH}/learn/signals?var-service=zipper`);
  await waitFor(() => expect(selectors(asked)).toContain('{service_name="zipper"}'));
  expect(screen.getByText('CPU of zipper')).toBeInTheDocument();
});

it('takes the first service where costs cannot be asked for', async () => {
  const asked = open(`${PATH}/learn/flame-graph`, () => {
    throw new Error('the server is down');
  });
  await waitFor(() => expect(selectors(asked)).toContain('{service_name="adder"}'));
});

it('verifies the best practices', async () => {
  open(`${PATH}/learn/best-practices`);
  expect(await screen.findByText('Every service sends CPU profiles')).toBeInTheDocument();
  expect(screen.getByText(/Nobody’s reading is recorded/)).toBeInTheDocument();
  expect(screen.queryByLabelText('Service of the pictures')).not.toBeInTheDocument();
});

import { of } from 'rxjs';

import type { FetchResponse } from '@grafana/runtime';

import { readServices, ServiceDirectory } from './ServiceDirectory';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';

describe('readServices', () => {
  it('reads services and types', () => {
    const body = { services: [{ name: 'orders', profileTypes: [CPU] }], profileTypes: [{ id: CPU, label: 'cpu' }] };
    expect(readServices(body)).toEqual({ services: [{ name: 'orders', profileTypes: [CPU] }], profileTypes: [CPU] });
  });

  it('keeps apart no types and types that nobody knows', () => {
    const body = {
      services: [
        { name: 'a', profileTypes: [] },
        { name: 'b', profileTypes: null },
      ],
      profileTypes: [],
    };
    expect(readServices(body).services).toEqual([{ name: 'a', profileTypes: [] }, { name: 'b' }]);
  });

  it.each([null, undefined, 'text', [], { services: 'x', profileTypes: 3 }, { services: [null, 1, { name: 4 }] }])(
    'finds nothing in %j',
    (body) => {
      expect(readServices(body)).toEqual({ services: [], profileTypes: [] });
    }
  );
});

it('asks once for the same minute', () => {
  const fetchResource = jest.fn(() => of({ data: { services: [], profileTypes: [] } } as unknown as FetchResponse));
  const directory = new ServiceDirectory(fetchResource);
  const answers: unknown[] = [];
  directory.services({ start: 60_001, end: 3_600_001 }).subscribe((answer) => answers.push(answer));
  directory.services({ start: 60_002, end: 3_600_002 }).subscribe((answer) => answers.push(answer));
  expect(answers).toHaveLength(2);
  expect(fetchResource).toHaveBeenCalledTimes(1);
  expect(fetchResource).toHaveBeenCalledWith('services', { start: 60_000, end: 3_660_000 });
});

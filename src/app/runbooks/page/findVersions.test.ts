import { firstValueFrom, of } from 'rxjs';

import type { Discovery } from '../../../datasource/resources/Discovery';

import { findVersions } from './findVersions';

const asked = (labels: Record<string, string[]>) => ({
  discovery: {
    labelNames: () => of(Object.keys(labels)),
    labelValues: (label: string) => of(labels[label]),
  } as unknown as Discovery,
  datasourceUid: 'x',
  profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
  incident: { version: 'v1.4.3', baselineVersion: 'v1.4.2' },
  service: 'order-service',
  range: { start: 1000, end: 2000 },
});

it.each([
  // A library of the service happens to have the version that the service has now.
  [
    {
      'otel.scope.version': ['v0.1.12', 'v1.4.3'],
      'process.runtime.version': ['go1.26'],
      version: ['v1.4.2', 'v1.4.3'],
    },
  ],
  [{ 'otel.scope.version': ['v1.4.3'], version: ['v1.4.3'] }],
  [{ service_git_ref: ['3f9c1b7'], version: ['v1.4.2'] }],
])('takes the label that tells both versions apart, of %j', async (labels) => {
  const found = await firstValueFrom(findVersions(asked(labels)));
  expect(found.versions).toEqual({ label: 'version', version: 'v1.4.3', before: 'v1.4.2' });
});

it('says when no label has either', async () => {
  const found = await firstValueFrom(findVersions(asked({ version: ['v9'], pod: ['v1.4.3'] })));
  expect(found).toEqual({ note: expect.stringContaining('No label of these profiles has the version v1.4.3') });
});
